import Diagnostics

/// How dates and times of a column are written.
package struct DatePattern: Hashable, Sendable {
  package enum Element: Hashable, Sendable {
    /// Four digits.
    case year
    /// Two digits; 00–68 are 2000–2068, 69–99 are 1969–1999, as POSIX reads them.
    case shortYear
    case month
    case day
    case hour
    case minute
    case second
    /// Three digits.
    case millisecond
    /// Text that stands for itself.
    case literal(String)
  }

  /// The pattern as it is written.
  package let text: String
  package let elements: [Element]

  /// The letters of a pattern and what each group means.
  package static let groups: [(letters: String, element: Element)] = [
    ("yyyy", .year), ("yy", .shortYear), ("MM", .month), ("dd", .day), ("HH", .hour),
    ("mm", .minute), ("ss", .second), ("SSS", .millisecond),
  ]

  /// What is wrong in a pattern.
  package struct Mistake: Hashable, Sendable {
    package let code: String
    package let message: String
    /// Where in the pattern, in characters.
    package let range: Range<Int>
    package let hint: String?
  }

  /// Reads a pattern; mistakes leave their letters out of the elements.
  package init(_ text: String, mistakes: inout [Mistake]) {
    self.text = text
    let characters = Array(text)
    var elements: [Element] = []
    var start = 0
    while start < characters.count {
      let first = characters[start]
      var end = start + 1
      guard first.isASCII, first.isLetter, first != "T", first != "Z" else {
        if case .literal(let before)? = elements.last {
          elements[elements.count - 1] = .literal(before + String(first))
        } else {
          elements.append(.literal(String(first)))
        }
        start = end
        continue
      }
      while end < characters.count, characters[end] == first { end += 1 }
      let letters = String(characters[start..<end])
      if let group = Self.groups.first(where: { $0.letters == letters }) {
        if elements.contains(group.element) {
          mistakes.append(
            Mistake(
              code: "repeated-date-letter", message: "`\(letters)` stands twice in the pattern",
              range: start..<end, hint: nil))
        }
        elements.append(group.element)
      } else {
        mistakes.append(
          Mistake(
            code: "unknown-date-letter", message: "`\(letters)` means nothing in a date pattern",
            range: start..<end, hint: Self.hint(for: letters)))
      }
      start = end
    }
    self.elements = elements
  }

  /// The group that a person most likely meant.
  private static func hint(for letters: String) -> String {
    let meant: String? =
      switch letters.first {
      case "y", "Y", "u", "a", "A", "J": letters.count > 2 ? "yyyy" : "yy"
      case "d", "D", "j": "dd"
      case "M": "MM"
      case "m": "mm"
      case "h", "H", "K", "k": "HH"
      case "s": "ss"
      case "S", "f", "F": "SSS"
      default: nil
      }
    let all = groups.map { "`\($0.letters)`" }.joined(separator: ", ")
    return (meant.map { "did you mean `\($0)`? " } ?? "") + "letters: \(all)"
  }
}
