"""A small Chinese: who was late, and why; measure words far from their nouns; what goes in pairs.

因为 … 所以, 虽然 … 但是 and 如果 … 就 belong together, and so do 一只 and 狗.
"""

GRAMMAR = """
sentence = 4: {late} | 3: {pair} | 3: {measure}

late = {when} {who} {again} {place} 迟到 了 因为 {reason} {so} {effect}
when = 2: | 今天 | 昨天 | 星期一 | 星期五
who = 2: 我 | 2: 她 | 2: 他 | 我们 | 他们
again = 2: | 又 | 第二次 | 第三次
place = 3: 上学 | 2: 上班 | 看电影 | 坐火车
reason[place: 上学] = 3: {old} 公共汽车 坏 了 |
    {who_again} 的 {old} 自行车 坏 了 | {who_again} 的 {old} 闹钟 没 响
reason[place: 上班] = 2: 路上 下 大雪 |
    {who_again} 的 {old} 汽车 坏 了 | {who_again} 的 {old} 闹钟 没 响
reason[place: 看电影] = 2: 排队 的 人 很 多 | {who_again} 的 朋友 忘 了 票
reason[place: 坐火车] = 2: {who_again} 的 {old} 手表 慢 了 | {who_again} 的 朋友 忘 了 票
who_again[who: 我] = 我
who_again[who: 她] = 她
who_again[who: 他] = 他
who_again[who: 我们] = 我们
who_again[who: 他们] = 他们
so = ， 所以 {who_again}
old = 3: | 旧 | 新 | 大
effect[place: 上学] = 没 听到 第一 节 课 | 被 老师 叫 去 了
effect[place: 上班] = 被 经理 叫 去 了 | 没 参加 会议
effect[place: 看电影] = 没 看到 开头
effect[place: 坐火车] = 走路 回家 了 | 等 了 一 个 小时

pair = 2: 因为 {when} {weather} ， 所以 {person} {normal} |
    虽然 {when} {weather} ， 但是 {person} {strange} |
    如果 {weather} ， {person} 就 {normal}
weather = 2: 天气 很 冷 | 2: 天气 很 热 | 外面 在 下雨
person = {whose} {relative}
whose = 2: | 我 的 | 她 的 | 他 的 | 我们 的
relative = 2: 妈妈 | 2: 弟弟 | 老师 | 奶奶 | 朋友
normal[weather: 天气 很 冷] = 2: 穿 大衣 | 喝 热水
normal[weather: 天气 很 热] = 2: 吃 冰淇淋 | 去 游泳
normal[weather: 外面 在 下雨] = 2: 带 雨伞 | 留 在 家里
strange[weather: 天气 很 冷] = 2: 吃 冰淇淋 | 去 游泳
strange[weather: 天气 很 热] = 2: 穿 大衣 | 喝 热水
strange[weather: 外面 在 下雨] = 2: 没 带 雨伞 | 去 跑步

measure = {when} {person} {has} 一 {unit} {very} {look} 的 {thing}
has = 看见 | 买 了 | 想 要
unit = 2: 只 | 2: 本 | 辆 | 朵
very = 2: | 很 | 非常
look = 大 | 小 | 旧 | 新 | 漂亮
thing[unit: 只] = 2: 狗 | 猫 | 鸟
thing[unit: 本] = 2: 书 | 词典
thing[unit: 辆] = 2: 汽车 | 自行车
thing[unit: 朵] = 花
"""
