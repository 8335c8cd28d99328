extension ExpressionLanguage {
  /// All operators and functions as Markdown: the page of the language's reference, made of the
  /// tables that the compiler itself uses.
  package static func reference() -> String {
    var page = introduction
    page += "\n## Operators\n\nThose that bind tightest come first.\n\n"
    page += table(
      "Operator",
      operators.map { (usages: [$0.usage], summary: $0.summary, examples: $0.examples) })
    for chapter in FunctionSpec.Chapter.allCases {
      page += "\n## \(chapter.rawValue)\n\n"
      page += table(
        "Function",
        functions.filter { $0.chapter == chapter }
          .map { (usages: $0.usages, summary: $0.summary, examples: $0.examples) })
      if let notes = chapter.notes { page += "\n\(notes)" }
    }
    return page
  }

  private static func table(
    _ title: String,
    _ rows: [(usages: [String], summary: String, examples: [FunctionSpec.Example])]
  ) -> String {
    var text = "| \(title) | What it gives | Example |\n|---|---|---|\n"
    for row in rows {
      let usages = row.usages.map(code).joined(separator: "<br>")
      let examples = row.examples.map { example in
        let given = example.given.map { " (\($0.name) = \(code($0.value)))" }.joined()
        return "\(code(example.expression)) → \(code(example.result))\(given)"
      }
      text += "| \(usages) | \(escaped(row.summary)). | \(examples.joined(separator: "<br>")) |\n"
    }
    return text
  }

  /// A piece of code in a cell of a table.
  private static func code(_ text: String) -> String { "`\(escaped(text))`" }

  /// Bars would end the cell.
  private static func escaped(_ text: String) -> String {
    text.map { $0 == "|" ? "\\|" : String($0) }.joined()
  }

  private static let introduction = """
    # Expressions

    An expression computes one value for each row. The language is that of ANSI SQL's scalar
    expressions with three-valued logic; it is checked as a whole before any row is read. Keywords
    and functions may be written in capitals or small letters; column names are case-sensitive, and
    stand in double quotes when they are odd or a keyword (`"end"`). A column of a joined table is
    always written with its table (`stays.DATE_ENTREE`).

    Literals: `42`, `1.50` (a decimal, up to \(maximumScale) fraction digits), `1e3` (a double),
    `'it''s'`, `true`, `false`, `null`, `date '2024-01-31'`, `timestamp '2024-01-31 14:05:00'`.

    Types: boolean, integer (64 bits), decimal(scale) (64 bits, exact), double, text, date,
    timestamp, partial_date, identifier, local_key. Without being asked, an integer becomes a decimal
    or a double, a decimal one of a greater scale or a double, a date a timestamp (midnight), and
    null anything. All else takes a function or a cast.

    A row that cannot be computed is null as a whole and counted with its reason: \(reasons). Nothing
    wraps around. A part that is not needed on a row (a branch of `case` not taken, a later argument
    of `coalesce`, `and` and `or`) cannot fail there; operands are computed from left to right.

    Identifiers and local keys may be compared with others of their namespace (`=`, `<>`,
    `in`, `is null`), and chosen by `case`, `coalesce` and `nullif`. Everything else with them is an error,
    except the functions of the last chapter.

    """

  private static var reasons: String {
    FailureReason.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
  }
}
