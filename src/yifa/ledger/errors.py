"""The one exception of this package: bytes or values that do not have the documented form."""


class MalformedError(ValueError):
    """Input is not in the documented form; ``code`` names the rule it breaks, never the offending value.

    The value itself is left out because it may be personal data and exception texts end up in logs.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
