/// Forms of a code under which slips are equal to what was meant.
enum CodeShape {
  /// Letters without case, without blanks, look-alikes of other scripts as what they look like.
  static func withoutCase(_ code: String) -> String { plain(code).lowercased() }

  /// Letters with their case; I, l, | and 1 are one, and so are O and 0.
  static func asSeen(_ code: String) -> String {
    String(
      plain(code).map { character in
        switch character {
        case "I", "l", "|": "1"
        case "O": "0"
        default: character
        }
      })
  }

  /// The code without blanks and look-alikes alone.
  static func plain(_ code: String) -> String {
    guard code.utf8.contains(where: { $0 == 32 || $0 >= 0x80 }) else { return code }
    var scalars = String.UnicodeScalarView()
    for scalar in code.cleaned.unicodeScalars where scalar != " " {
      scalars.append(scalar == "\u{3BC}" ? "\u{B5}" : OddCharacters.lookAlike(scalar) ?? scalar)
    }
    return String(scalars)
  }

  /// A number without its leading zeros; `nil` for what is no number.
  static func withoutZeros(_ code: String) -> String? {
    guard !code.isEmpty, code.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    let rest = code.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  /// What a spreadsheet made of a code, in a word; `nil` for a code that it did not touch.
  static func spreadsheet(_ code: String) -> String? {
    if isPower(code) { return "a number in powers of ten" }
    if isFloat(code) { return "a number with a decimal" }
    if isDate(code) { return "a date" }
    if code.first == "'", code.count > 1 { return "a text marked by an apostrophe" }
    return nil
  }

  /// A number in powers of ten, such as `3.4009E+12`.
  private static func isPower(_ code: String) -> Bool {
    let parts = code.uppercased().split(separator: "E+", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, first.isASCII, first.isNumber else {
      return false
    }
    let digits = parts[0].split(whereSeparator: { $0 == "." || $0 == "," })
    return digits.count <= 2 && isNumber(parts[1])
      && digits.allSatisfy { isNumber($0) }
  }

  /// A number such as `3400890000604.0`, of five digits and more, since ICD-9 has 250.0.
  private static func isFloat(_ code: String) -> Bool {
    code.hasSuffix(".0") && code.utf8.count >= 7 && isNumber(code.dropLast(2))
  }

  /// A day or year and a month, such as `02-Jan` or `janv-12`.
  private static func isDate(_ code: String) -> Bool {
    let parts = code.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    func isMonth(_ text: Substring) -> Bool {
      var text = text
      if text.last == "." { text.removeLast() }
      return months.contains(text)
    }
    func isDay(_ text: Substring) -> Bool { text.utf8.count <= 2 && isNumber(text) }
    return isDay(parts[0]) && isMonth(parts[1]) || isMonth(parts[0]) && isDay(parts[1])
  }

  /// The short names of months that spreadsheets write in English and in French.
  private static let months: Set<Substring> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "janv",
    "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "déc",
  ]

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 48...57 ~= $0 }
  }
}
