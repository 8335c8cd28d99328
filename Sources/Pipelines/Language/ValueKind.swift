/// What may stand behind a key of the language.
package indirect enum ValueKind: Sendable {
  /// Any text; `${parameter}` is replaced.
  case text
  /// Any text, taken as it is.
  case verbatim
  /// Any text as it is, or nothing.
  case cell
  /// A word of letters, digits, `_` and `-` that begins with a letter or `_`.
  case name
  /// A word of letters, digits and `_` that begins with a letter or `_`: it stands in expressions.
  case identifier
  /// A path; `${parameter}` is replaced.
  case path
  case integer(ClosedRange<Int>)
  case boolean
  /// A share of a hundred with at most two decimals, such as `98%`.
  case percentage
  /// A date as `yyyy-MM-dd`.
  case day
  /// One character of ASCII.
  case character
  /// A scalar expression of SQL.
  case expression
  /// An expression by which rows are put in order, with `asc` or `desc`.
  case ordering
  /// A pattern of date and time letters.
  case datePattern
  /// The name of a column of an extract table.
  case column
  /// One of some words; the first text says what they name, such as `encoding`.
  case choice(String, [String])
  /// A list.
  case list(ValueKind)
  /// A list, or one value that stands for a list of one.
  case oneOrMany(ValueKind)
  /// A mapping whose keys the person chooses; the texts say what keys are. The known keys have a
  /// meaning of their own.
  case map(key: String, ValueKind, known: [LanguageKey] = [])
  /// A mapping with the keys of a section.
  case section(LanguageSection)
  /// The first when a single value or a list stands there, the second when it is a mapping.
  case either(ValueKind, ValueKind)
}

extension ValueKind {
  /// What may stand there, in a few words.
  package var summary: String {
    switch self {
    case .text, .verbatim: "text"
    case .cell: "text or null"
    case .name, .identifier: "name"
    case .path: "path"
    case .integer(let range):
      range.upperBound == .max
        ? "integer from \(range.lowerBound)" : "integer \(range.lowerBound)–\(range.upperBound)"
    case .boolean: "true or false"
    case .percentage: "percentage"
    case .day: "date (yyyy-MM-dd)"
    case .character: "one character"
    case .expression: "expression"
    case .ordering: "expression, with `asc` or `desc`"
    case .datePattern: "date pattern"
    case .column: "column name"
    case .choice(_, let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let kind): "list of \(kind.summary)"
    case .oneOrMany(let kind): "\(kind.summary), or a list"
    case .map(let key, let kind, _): "mapping of \(key) to \(kind.summary)"
    case .section(let section):
      section.keys.isEmpty
        ? "`{}`" : "[\(section.name)](#\(section.name.replacing(" ", with: "-")))"
    case .either(let short, let long): "\(short.summary); or \(long.summary)"
    }
  }

  /// The sections that may stand somewhere inside, in order.
  var sections: [LanguageSection] {
    switch self {
    case .section(let section): [section]
    case .list(let kind), .oneOrMany(let kind): kind.sections
    case .map(_, let kind, let known): kind.sections + known.flatMap(\.kind.sections)
    case .either(let short, let long): short.sections + long.sections
    default: []
    }
  }
}
