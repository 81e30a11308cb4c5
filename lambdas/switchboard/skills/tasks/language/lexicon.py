"""The words that tasks are spoken of with, in tables: numbers, units, activities, days."""

from typing import Final

NUMBERS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final = {"hundred": 100, "thousand": 1000}

UNITS: Final = {
    "page": "page pages pg pgs",
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs h",
    "km": "km kms kilometer kilometers kilometre kilometres",
    "mile": "mile miles mi",
    "meter": "meter meters metre metres",
    "chapter": "chapter chapters",
    "session": "session sessions sitting sittings",
    "rep": "rep reps repetition repetitions time times x",
    "set": "set sets",
    "word": "word words",
    "lesson": "lesson lessons",
    "glass": "glass glasses",
    "cup": "cup cups",
    "liter": "liter liters litre litres",
    "lap": "lap laps",
    "problem": "problem problems",
    "exercise": "exercise exercises",
    "step": "step steps",
    "song": "song songs",
    "card": "card cards flashcard flashcards",
    "line": "line lines",
    "video": "video videos",
    "episode": "episode episodes",
    "article": "article articles",
    "paragraph": "paragraph paragraphs",
    "email": "email emails mail mails",
    "question": "question questions",
    "unit": "unit units",
    "module": "module modules",
    "scene": "scene scenes",
    "sketch": "sketch sketches",
    "gram": "gram grams g",
    "kg": "kg kilo kilos kilogram kilograms",
    "dollar": "dollar dollars usd",
}
UNIT_OF: Final = {
    **{spelled: unit for unit, spellings in UNITS.items() for spelled in spellings.split()},
    "flash card": "card",
    "flash cards": "card",
}
PLURALS: Final = {"km": "km", "kg": "kg", "glass": "glasses", "sketch": "sketches"}
MINUTES_AN_HOUR: Final = 60

ACTIVITIES: Final = {
    "read": "read reads reading",
    "write": "write writes writing wrote written",
    "run": "run runs running ran",
    "jog": "jog jogs jogging jogged",
    "walk": "walk walks walking walked",
    "swim": "swim swims swimming swam",
    "cycle": "cycle cycles cycling cycled",
    "bike": "bike bikes biking biked",
    "row": "row rows rowing rowed",
    "hike": "hike hikes hiking hiked",
    "stretch": "stretch stretches stretching stretched",
    "meditate": "meditate meditates meditating meditated meditation",
    "practice": "practice practices practicing practiced practise practises practising practised",
    "study": "study studies studying studied",
    "learn": "learn learns learning learned learnt",
    "review": "review reviews reviewing reviewed",
    "revise": "revise revises revising revised",
    "memorize": "memorize memorizes memorizing memorized memorise memorising memorised",
    "translate": "translate translates translating translated",
    "listen": "listen listens listening listened",
    "watch": "watch watches watching watched",
    "draw": "draw draws drawing drew drawn",
    "paint": "paint paints painting painted",
    "play": "play plays playing played",
    "sing": "sing sings singing sang",
    "code": "code codes coding coded",
    "program": "program programs programming programmed",
    "cook": "cook cooks cooking cooked",
    "bake": "bake bakes baking baked",
    "clean": "clean cleans cleaning cleaned",
    "wash": "wash washes washing washed",
    "vacuum": "vacuum vacuums vacuuming vacuumed",
    "tidy": "tidy tidies tidying tidied",
    "sort": "sort sorts sorting sorted",
    "water": "water waters watering watered",
    "feed": "feed feeds feeding fed",
    "call": "call calls calling called phone phones phoning phoned",
    "email": "email emails emailing emailed",
    "text": "text texts texting texted",
    "visit": "visit visits visiting visited",
    "buy": "buy buys buying bought",
    "pay": "pay pays paying paid",
    "book": "book booking booked",
    "drink": "drink drinks drinking drank",
    "eat": "eat eats eating ate",
    "take": "take takes taking took",
    "lift": "lift lifts lifting lifted",
    "train": "train trains training trained",
    "exercise": "exercise exercising exercised",
    "work": "work works working worked",
    "prepare": "prepare prepares preparing prepared prep prepping prepped",
    "plan": "plan plans planning planned",
    "finish": "finish finishes finishing finished complete completes completing completed",
    "submit": "submit submits submitting submitted",
    "file": "file files filing filed",
    "fix": "fix fixes fixing fixed",
    "repair": "repair repairs repairing repaired",
    "build": "build builds building built",
    "solve": "solve solves solving solved",
    "pack": "pack packs packing packed",
    "save": "save saves saving saved",
    "sleep": "sleep sleeps sleeping slept",
    "journal": "journal journals journaling journaled journalling",
    "floss": "floss flosses flossing flossed",
    "brush": "brush brushes brushing brushed",
    "pray": "pray prays praying prayed",
    "do": "do does doing did done perform performs performing performed",
}
ACTIVITY_OF: Final = {form: activity for activity, forms in ACTIVITIES.items() for form in forms.split()}
LIGHT: Final = "do"
"""The activity of a task that only names a thing: "30 pushups" and "do 30 pushups" are the same."""

UNSAID: Final = frozenset(
    {"the", "a", "an", "my", "our", "some", "of", "to", "for", "on", "and", "please", "more"}
)

SINGULARS: Final = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "people": "person", "leaves": "leaf", "knives": "knife", "shelves": "shelf", "potatoes": "potato",
    "tomatoes": "tomato", "heroes": "hero", "ups": "up", "buses": "bus", "quizzes": "quiz", "taxes": "tax",
    "mum": "mom", "mother": "mom", "mommy": "mom", "mummy": "mom", "father": "dad", "daddy": "dad",
    "maths": "math", "mathematics": "math", "examination": "exam", "veg": "vegetable",
    "veggy": "vegetable", "colour": "color", "cv": "resume", "bicycle": "bike",
    "lens": "lens", "news": "news", "gymnastics": "gymnastics", "physics": "physics",
    "economics": "economics",
}  # fmt: skip
TOGETHER: Final = {
    ("push", "up"): "pushup", ("sit", "up"): "situp", ("pull", "up"): "pullup", ("chin", "up"): "chinup",
    ("press", "up"): "pushup", ("jumping", "jack"): "jumpingjack", ("to", "do"): "todo",
    ("work", "out"): "workout", ("home", "work"): "homework", ("note", "book"): "notebook",
    ("flash", "card"): "flashcard", ("e", "mail"): "email", ("step", "up"): "stepup",
}  # fmt: skip

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_OF: Final = {
    spelled: number
    for number, spellings in enumerate(
        (
            "monday mondays mon",
            "tuesday tuesdays tue tues",
            "wednesday wednesdays wed weds",
            "thursday thursdays thu thur thurs",
            "friday fridays fri",
            "saturday saturdays sat",
            "sunday sundays sun",
        )
    )
    for spelled in spellings.split()
}
SHORT_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_OF: Final = {spelled: n for n, name in enumerate(MONTHS, 1) for spelled in (name, name[:3])} | {
    "sept": 9
}
PARTS_OF_DAY: Final = {
    "morning": "morning", "mornings": "morning", "noon": "noon", "lunchtime": "noon",
    "afternoon": "afternoon", "afternoons": "afternoon", "evening": "evening", "evenings": "evening",
    "night": "night", "nights": "night", "nightly": "night",
}  # fmt: skip
