import Diagnostics

/// The rules about texts: blanks, invisible and odd characters, wrong encodings.
extension MappingExaminer {
  /// Looks at the characters of a cell; values are left to those who read them.
  mutating func examineText(_ cell: MappingTable.Cell, _ role: MappingPlaces.Role) {
    guard role != .value, MappingExaminer.isSuspect(cell.text, role) else { return }
    if MappingExaminer.spreadsheetErrors.contains(cell.text) {
      tell(
        .spreadsheetError, "`\(cell.text)` is the error of a spreadsheet", at: cell,
        hint: "restore what stood here")
    }
    examineEncoding(cell)
    switch role {
    case .key: examineKey(cell)
    case .text: examineControls(cell, allowing: ["\n", "\r", "\t"])
    case .value: break
    }
  }

  private static let spreadsheetErrors: Set<String> = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!",
  ]

  /// Whether a text has anything but printing ASCII characters between its ends.
  private static func isSuspect(_ text: String, _ role: MappingPlaces.Role) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first == UInt8(ascii: "#") || role == .key && (first == 32 || last == 32) { return true }
    return bytes.contains { $0 < 32 || $0 > 126 }
  }

  private mutating func examineKey(_ cell: MappingTable.Cell) {
    // What the data has as well is no slip of the file.
    if let codes = check.codes, codes.has(cell.text) { return }
    let text = cell.text
    let cleaned = text.cleaned
    guard !cleaned.isEmpty else { return }
    if let end = blankEnd(text) {
      tell(
        .blankEnds, "there is a blank at the \(end.name) of `\(text)`", at: cell,
        offset: end.offset, hint: "write `\(cleaned)`")
    }
    var odd: Set<String> = []
    let isMisplaced = OddCharacters.isMisplaced(in: text)
    for (offset, character) in text.enumerated() {
      for scalar in character.unicodeScalars {
        guard let (rule, what) = MappingExaminer.oddness(scalar, isMisplaced: isMisplaced),
          odd.insert(rule.code).inserted
        else { continue }
        let remedy = rule == .lookAlikeCharacter ? lookAlikeHint(text) : "write `\(cleaned)`"
        tell(
          rule, "`\(text)` has \(what) (\(OddCharacters.name(scalar)))", at: cell, offset: offset,
          hint: remedy)
      }
      if character.unicodeScalars.count > 1, odd.isDisjoint(with: ["decomposed-text"]),
        !String(character).composed.utf8.elementsEqual(String(character).utf8)
      {
        odd.insert(MappingRule.decomposed.code)
        tell(
          .decomposed, "a letter of `\(text)` and its accent are two characters", at: cell,
          offset: offset, hint: "write `\(text.composed)` with one character")
      }
    }
    examineControls(cell, allowing: [])
    fix(cell, cleaned)
  }

  private func blankEnd(_ text: String) -> (name: String, offset: Int)? {
    func isBlank(_ character: Character?) -> Bool { character == " " || character == "\t" }
    if isBlank(text.first) { return ("start", 0) }
    return isBlank(text.last) ? ("end", text.count - 1) : nil
  }

  private static func oddness(
    _ scalar: UnicodeScalar, isMisplaced: Bool
  ) -> (MappingRule, String)? {
    if OddCharacters.isUnusualSpace(scalar) { return (.unusualSpace, "an unusual space") }
    if OddCharacters.isInvisible(scalar) {
      return (.invisibleCharacter, "a character that cannot be seen")
    }
    guard isMisplaced, let plain = OddCharacters.lookAlike(scalar) else { return nil }
    return (.lookAlikeCharacter, "a character that looks like `\(plain)`")
  }

  private func lookAlikeHint(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(OddCharacters.lookAlike(scalar) ?? scalar) }
    return "most likely `\(String(scalars))` is meant"
  }

  private mutating func examineControls(
    _ cell: MappingTable.Cell, allowing allowed: Set<UnicodeScalar>
  ) {
    for (offset, character) in cell.text.enumerated() {
      let control = character.unicodeScalars.first {
        OddCharacters.isControl($0) && !allowed.contains($0)
      }
      guard let control else { continue }
      tell(
        .controlCharacter, "the text has a control character (\(OddCharacters.name(control)))",
        at: cell, offset: offset, hint: "remove it")
      return
    }
  }

  /// Text that went through a wrong encoding, as far as its bytes show it.
  private mutating func examineEncoding(_ cell: MappingTable.Cell) {
    if let meant = cell.text.beforeMojibake {
      tell(
        .mojibake, "`\(cell.text)` was read in a wrong encoding", at: cell,
        hint: "most likely `\(meant)` is meant")
    } else if let offset = Array(cell.text).firstIndex(of: "\u{FFFD}") {
      tell(
        .mojibake, "a character of the text was lost in a wrong encoding", at: cell,
        offset: offset, hint: "restore it from its source")
    }
  }
}
