"""Made-up sentences in many languages, and the encodings that people write each in."""

from __future__ import annotations

WESTERN = ("cp1252", "mac_roman")
CENTRAL = ("cp1250", "iso8859_2")
CYRILLIC = ("cp1251", "koi8_r")

SENTENCES = {
    "English": (
        "We can’t see the river, and that’s a pity.",
        "She said: “The small café is closed” – so we left…",
        "It’s late; the boat won’t wait for us.",
    ),
    "German": (
        "Die Bäume am Fluss sind größer geworden, und die Brücke ist schön.",
        "Müde Gäste hören früh auf zu tanzen.",
        "Er weiß nicht, ob die Züge pünktlich fahren.",
    ),
    "French": (
        "Le garçon a mangé une crêpe près de la forêt où j’étais.",
        "Ça ne m’a pas plu : l’hôtel était déjà fermé.",
        "Les élèves préfèrent la mer à la montagne en été.",
    ),
    "Spanish": (
        "El niño pequeño comió una manzana ayer por la mañana.",
        "¿Dónde está la estación? Mañana no habrá ningún tren.",
        "La película me gustó muchísimo, sobre todo la música.",
    ),
    "Portuguese": (
        "A canção não é difícil, mas ninguém a conhece.",
        "Você já viu as montanhas do avião? São lindas.",
        "O irmão da minha mãe mora perto da estação.",
    ),
    "Italian": (
        "La città è più bella di sera, perché c’è poca gente.",
        "Lunedì andrò al mare, se non pioverà.",
        "Non so se verrà anche lui, però lo spero.",
    ),
    "Swedish": (
        "Båten går över sjön när vädret är fint.",
        "Flickan äter ett äpple på ön där hon bor.",
        "Vi måste åka hem före klockan nio.",
    ),
    "Danish": (
        "Den lille båd sejler over søen, når vejret er godt.",
        "Pigen spiser et æble på øen, hvor hun bor.",
        "Vi må hjem før aften, ellers bliver det mørkt.",
    ),
    "Finnish": (
        "Pieni vene lähtee järvelle, kun sää on hyvä.",
        "Tyttö syö omenan pöydän ääressä.",
        "Meidän täytyy mennä kotiin ennen yötä.",
    ),
    "Polish": (
        "Mały chłopiec zjadł jabłko i poszedł spać późno w nocy.",
        "Dziś będzie ładna pogoda, więc pójdziemy nad rzekę.",
        "Książka leży na półce obok żółtej lampy, którą kupiłem wczoraj.",
    ),
    "Czech": (
        "Malý chlapec snědl jablko a šel brzy spát.",
        "Dnes bude hezké počasí, takže půjdeme k řece.",
        "Žlutá kniha leží na stole vedle staré lampy, kterou jsme koupili včera.",
    ),
    "Hungarian": (
        "A kisfiú megevett egy almát, és korán lefeküdt.",
        "Ma szép idő lesz, ezért lemegyünk a folyóhoz.",
        "A sárga könyv az asztalon van, a régi lámpa előtt; tegnap vettük.",
    ),
    "Russian": (
        "Маленький мальчик съел яблоко и рано лёг спать.",
        "Сегодня будет хорошая погода, и мы пойдём к реке.",
        "Жёлтая книга лежит на столе возле старой лампы.",
    ),
    "Ukrainian": (
        "Маленький хлопчик з'їв яблуко і рано ліг спати.",
        "Сьогодні буде гарна погода, і ми підемо до річки.",
        "Жовта книга лежить на столі біля старої лампи.",
    ),
    "Bulgarian": (
        "Малкото момче изяде една ябълка и легна рано.",
        "Днес времето ще бъде хубаво и ще отидем на реката.",
        "Жълтата книга лежи на масата до старата лампа.",
    ),
    "Greek": (
        "Το μικρό αγόρι έφαγε ένα μήλο και κοιμήθηκε νωρίς.",
        "Σήμερα ο καιρός είναι καλός και θα πάμε στο ποτάμι.",
        "Το κίτρινο βιβλίο είναι πάνω στο τραπέζι.",
    ),
    "Turkish": (
        "Küçük çocuk bir elma yedi ve erken yattı.",
        "Bugün hava güzel olacak, bu yüzden ırmağa gideceğiz.",
        "Sarı kitap eski lambanın yanında, masanın üstünde duruyor.",
    ),
    "simplified Chinese": (
        "小男孩吃了一个苹果，很早就睡觉了。",
        "今天天气很好，所以我们去河边走走。",
        "黄色的书放在桌子上，旁边是一盏旧灯。",
    ),
    "traditional Chinese": (
        "小男孩吃了一個蘋果，很早就睡覺了。",
        "今天天氣很好，所以我們去河邊走走。",
        "黃色的書放在桌子上，旁邊是一盞舊燈。",
    ),
    "Japanese": (
        "小さな男の子はりんごを食べて、早く寝ました。",
        "今日は天気がいいので、川へ行きましょう。",
        "黄色い本が古いランプのそばの机の上にあります。",
    ),
    "Korean": (
        "작은 소년은 사과를 먹고 일찍 잠들었다.",
        "오늘은 날씨가 좋아서 우리는 강가로 갑니다.",
        "노란 책이 낡은 램프 옆 책상 위에 놓여 있다.",
    ),
}

CODECS = {
    **dict.fromkeys(
        ("English", "German", "French", "Spanish", "Portuguese", "Italian", "Swedish"), WESTERN
    ),
    **dict.fromkeys(("Danish", "Finnish"), WESTERN),
    **dict.fromkeys(("Polish", "Czech", "Hungarian"), CENTRAL),
    "Russian": CYRILLIC,
    "Ukrainian": ("cp1251", "koi8_u"),
    "Bulgarian": ("cp1251",),
    "Greek": ("cp1253",),
    "Turkish": ("cp1254",),
    "simplified Chinese": ("gb18030",),
    "traditional Chinese": ("big5", "gb18030"),
    "Japanese": ("shift_jis", "euc_jp"),
    "Korean": ("euc_kr",),
}
"""Beside UTF-8 and UTF-16, in which all are written."""
