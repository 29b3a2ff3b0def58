"""Words that people write as labels, in the languages in which sets of reviews are common."""

from __future__ import annotations

NEGATIVE = (
    *("neg", "negative", "bad", "false", "no", "n", "-", "👎", "😞", "🙁"),
    *("disliked", "dislike", "rotten", "unhappy", "poor", "terrible", "worst", "negativity"),
    *("not recommended", "unrecommended", "unfavorable", "unfavourable", "dissatisfied"),
    *("negativ", "schlecht", "négatif", "negatif", "négative", "mauvais", "negativo", "negativa"),
    *("malo", "mala", "cattivo", "ruim", "negatief", "slecht", "negatywny", "negatywna"),
    *("negativní", "negatívny", "negatív", "negatiivinen", "negatīvs", "neigiamas", "αρνητικό"),
    *("отрицательный", "отрицательная", "отрицательно", "негативный", "негативная", "негатив"),
    *("негативний", "отрицателен", "olumsuz", "kötü", "tiêu cực", "سلبي", "سلبية", "منفی"),
    *("שלילי", "नकारात्मक", "नेगेटिव", "নেতিবাচক", "எதிர்மறை", "เชิงลบ", "ลบ"),
    *("负面", "負面", "消极", "消極", "差评", "差評", "负", "負", "否定", "不推荐", "差"),
    *("ネガティブ", "悪い", "부정", "부정적", "나쁨"),
)

POSITIVE = (
    *("pos", "positive", "good", "true", "yes", "y", "p", "+", "👍", "😊", "🙂"),
    *("liked", "like", "fresh", "happy", "great", "excellent", "best", "positivity"),
    *("recommended", "favorable", "favourable", "satisfied"),
    *("positiv", "gut", "positif", "positive", "bon", "positivo", "positiva"),
    *("bueno", "buena", "buono", "bom", "positief", "goed", "pozytywny", "pozytywna"),
    *("pozitivní", "pozitívny", "pozitív", "positiivinen", "pozitīvs", "teigiamas", "θετικό"),
    *("положительный", "положительная", "положительно", "позитивный", "позитивная", "позитив"),
    *("позитивний", "положителен", "olumlu", "iyi", "tích cực", "إيجابي", "ايجابي", "إيجابية"),
    *("مثبت", "חיובי", "सकारात्मक", "पॉजिटिव", "ইতিবাচক", "நேர்மறை", "เชิงบวก", "บวก"),
    *("正面", "积极", "積極", "好评", "好評", "正", "肯定", "推荐", "好"),
    *("ポジティブ", "良い", "긍정", "긍정적", "좋음"),
)

NEITHER = (
    *("neutral", "neu", "mixed", "irrelevant", "none", "nan", "unknown", "unsup", "objective"),
    *("ambiguous", "both", "neutre", "neutro", "neutraal", "neutralny", "neutrální", "nötr"),
    *("нейтральный", "нейтрально", "neutraali", "محايد", "तटस्थ", "中性", "中立", "ニュートラル"),
    *("중립", "trung tính", "เป็นกลาง"),
)

LESS_SURE = frozenset(
    ("true", "false", "yes", "no", "y", "n", "p", "+", "-", "none", "nan", "unknown", "both")
)
"""Words that other columns may hold as well."""

ADVERBS = (
    *("very", "extremely", "highly", "strongly", "overwhelmingly", "mostly", "rather", "somewhat"),
    *("slightly", "weakly", "sehr", "eher", "très", "muy", "molto"),
)
"""What may stand before such a word, and changes nothing of its side."""
