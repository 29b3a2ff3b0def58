"""A small English: who was late, and why; dogs near houses; and what to take along when it snows.

Each kind of sentence has something that must be kept in mind for many words.
"""

GRAMMAR = """
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
