import Diagnostics

/// A text in which digits in boxes (1️⃣ to 9️⃣) mark the characters that follow them.
struct MarkedText {
  let text: String
  /// The place of each mark in the text without marks.
  let marks: [Int: Position]

  init(_ marked: String, file: String = "p.yaml") {
    var text = ""
    var marks: [Int: Position] = [:]
    var line = 1
    var column = 1
    for character in marked {
      let scalars = Array(character.unicodeScalars)
      if scalars.count == 3, scalars[2] == "\u{20E3}", let digit = Int(String(scalars[0])) {
        marks[digit] = Position(file: file, line: line, column: column)
        continue
      }
      text.append(character)
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    self.text = text
    self.marks = marks
  }
}
