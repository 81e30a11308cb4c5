"""What is raised for settings that make no stage."""


class UnusableSettings(ValueError):
    """The context given to the app, or a setting, does not make a stage."""
