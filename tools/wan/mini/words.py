"""The words of the drawn world: what there is, and the English for it (first wording = the plain one)."""

SHAPES = {
    "circle": ["circle", "disc", "ball"],
    "square": ["square", "box"],
    "triangle": ["triangle"],
    "star": ["star"],
    "heart": ["heart"],
    "ring": ["ring", "hoop"],
}

COLOURS = {
    "red": (0.88, 0.14, 0.16),
    "orange": (0.97, 0.50, 0.07),
    "yellow": (0.98, 0.86, 0.14),
    "green": (0.10, 0.66, 0.25),
    "blue": (0.13, 0.35, 0.90),
    "purple": (0.53, 0.20, 0.76),
    "pink": (0.98, 0.52, 0.74),
    "white": (0.97, 0.97, 0.97),
}

# Radius of the enclosing circle as a share of the picture's side.
SIZES = {"small": 0.155, "medium": 0.19, "large": 0.23}
SIZE_WORDS = {
    "small": ["small", "little", "tiny"],
    "medium": ["medium", "medium sized", "middle sized"],
    "large": ["large", "big", "huge"],
}

ACTIONS = {
    "left": ["moves left", "moves to the left", "slides left", "goes left", "moving left", "drifts to the left"],
    "right": ["moves right", "moves to the right", "slides right", "goes right", "moving right", "drifts to the right"],
    "up": ["moves up", "rises", "goes up", "moving up", "moves upwards", "floats up"],
    "down": ["moves down", "falls", "goes down", "moving down", "moves downwards", "sinks down"],
    "grow": ["grows", "gets larger", "growing", "gets bigger"],
    "shrink": ["shrinks", "gets smaller", "shrinking"],
    "turn": ["turns", "rotates", "spins", "turning", "turns around"],
    "still": ["stands still", "does not move", "stays still", "standing still", "rests"],
}
PLURAL_ACTIONS = {
    "left": ["move left", "move to the left", "slide left"],
    "right": ["move right", "move to the right", "slide right"],
    "up": ["move up", "rise", "go up"],
    "down": ["move down", "fall", "go down"],
    "grow": ["grow", "get larger"],
    "shrink": ["shrink", "get smaller"],
    "turn": ["turn", "rotate", "spin"],
    "still": ["stand still", "do not move", "rest"],
}
DIRECTIONS = ("left", "right", "up", "down")

BACKGROUNDS = {
    "night": ["over night", "at night", "over the night sky", "in a starry night", "in front of a night sky with stars"],
    "meadow": ["over a meadow", "in a green meadow", "over green hills", "over grass", "in a field"],
    "sea": ["over the sea", "over the ocean", "above the water", "at sea", "over a blue sea"],
    "desert": ["over the desert", "in the desert", "over sand dunes", "over a desert"],
    "sunset": ["at sunset", "in front of a sunset", "over a sunset", "in the evening"],
    "checkered": ["over a checkered floor", "on a checkered background", "over checkered tiles", "on a chessboard"],
    "grey": ["on a plain grey background", "over grey", "on a gray background", "over a plain background"],
}
BACKGROUND_NAMES = {
    "night": "night", "meadow": "meadow", "sea": "sea", "desert": "desert",
    "sunset": "sunset", "checkered": "checkered", "grey": "grey",
}
