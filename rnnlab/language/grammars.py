"""The lab's own grammars, as `productions` are written."""

ENGLISH = """
sentence = 4: {late} | 3: {near} | 3: {weather}

late = {when} {who} {was} {much} late for {place} {again} because {reason} {so}
when = 3: | yesterday | on monday | on friday | this morning
who = 2: i | 2: she | 2: he | 2: we | my {adjective} friend | the {adjective} twins
was[who: i, she, he, my {adjective} friend] = was
was[who: we, the {adjective} twins] = were
my[who: i] = my
my[who: she, my {adjective} friend] = her
my[who: he] = his
my[who: we] = our
my[who: the {adjective} twins] = their
much = 3: | very | a little
place = 3: school | 2: work | the film | the train
again = 3: | again | for the second time | for the third time
reason[place: school] = 3: the {adjective} bus broke down |
    {my} {adjective} bicycle broke down | {my} {adjective} clock did not ring
reason[place: work] = 2: the road was full of snow |
    {my} {adjective} car did not start | {my} {adjective} clock did not ring
reason[place: the film] = 2: the queue was {much} long | {my} {adjective} sister forgot the tickets
reason[place: the train] = 2: {my} {adjective} watch was {much} slow |
    {my} {adjective} sister forgot the tickets
so = | 2: and so {they} {effect}
they[who: i] = i
they[who: she, my {adjective} friend] = she
they[who: he] = he
they[who: we] = we
they[who: the {adjective} twins] = they
effect[place: school] = missed the first lesson | had to see the teacher
effect[place: work] = missed the first meeting | had to see the boss
effect[place: the film] = missed the start
effect[place: the train] = had to walk home | had to wait for an hour

near = the {adjective} {animal} {where} {is} {much} {state} because {it} {did}
adjective = 2: | old | new | big | small
nice = 2: | new | big | small | red
animal = 2: dog | 2: cat | dogs | cats | horse | horses
where = 2: | near the {adjective} {building} | behind the {adjective} {building}
building = house | houses | tree | trees | river
is[animal: dog, cat, horse] = is
is[animal: dogs, cats, horses] = are
state = hungry | tired | happy
it[animal: dog, cat, horse] = it
it[animal: dogs, cats, horses] = they
did[state: hungry] = ate nothing {since}
did[state: tired] = did not sleep {since}
did[state: happy] = found {food} {since}
since = 2: | today | this morning
food[animal: dog, dogs] = a {nice} bone
food[animal: cat, cats] = a {nice} fish
food[animal: horse, horses] = a {nice} carrot

weather = when it {falls} {friend} and i {often} go to the {adjective} {goal} with a {nice} {thing}
falls = rains | snows | is hot
friend = my {adjective} friend | my {adjective} sister | the {adjective} twins
often = 2: | often | always | sometimes
goal = park | market | river | lake
thing[falls: rains] = 2: raincoat | hat
thing[falls: snows] = 2: sledge | shovel
thing[falls: is hot] = 2: ball | boat
"""
"""A small English: who was late, and why; dogs near houses; and what to take along when it snows.

Each kind of sentence has something that must be kept in mind for many words.
"""

CHINESE = """
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
"""A small Chinese: who was late, and why; measure words far from their nouns; what goes in pairs.

因为 … 所以, 虽然 … 但是 and 如果 … 就 belong together, and so do 一只 and 狗.
"""

GRAMMARS = {"english": ENGLISH, "chinese": CHINESE}
