import Columnar
import TestSupport
import Testing

@testable import Vocabulary

/// Texts and dates as they were meant.
@Suite struct SpellingTests {
  @Test(arguments: [
    ("E\u{301}TAT", "\u{C9}TAT"), ("a\u{308}", "\u{E4}"), ("\u{212B}", "\u{212B}"),
    ("plain", "plain"), ("\u{1EC7}", "\u{1EC7}"), ("e\u{323}\u{302}", "\u{1EC7}"),
    ("x\u{301}", "x\u{301}"), ("и\u{306}", "й"), ("α\u{301}", "ά"),
  ])
  func `letters are composed where they have a character of their own`(
    text: String, composed: String
  ) {
    #expect(text.composed.unicodeScalars.elementsEqual(composed.unicodeScalars))
  }

  @Test(arguments: 0..<100)
  func `composing changes no letter, and does nothing the second time`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bases = Array("aeioucnsyzAEIOUCNSYZ0-µж")
    let marks: [UnicodeScalar] = ["\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{308}", "\u{327}"]
    var text = ""
    for _ in 0..<20 {
      text.append(bases.randomElement(using: &random) ?? "a")
      if Bool.random(using: &random), let mark = marks.randomElement(using: &random) {
        text.unicodeScalars.append(mark)
      }
    }
    // Swift compares texts by canonical equivalence.
    #expect(text.composed == text)
    #expect(text.composed.composed.unicodeScalars.elementsEqual(text.composed.unicodeScalars))
    #expect(text.composed.unicodeScalars.count <= text.unicodeScalars.count)
  }

  @Test(arguments: [
    ("Diab\u{C3}\u{A8}te", "Diabète"), ("\u{E2}\u{20AC}\u{2122}", "\u{2019}"),
    ("\u{C2}\u{B5}g", "µg"),
  ])
  func `text of a wrong encoding is restored`(text: String, meant: String) {
    #expect(text.beforeMojibake == meant)
  }

  @Test(arguments: ["Diabète", "µg", "Ã", "plain", "25 °C", "« oui »", "naïve Â", "β-", "糖"])
  func `text that is as it should be is left alone`(text: String) {
    #expect(text.beforeMojibake == nil)
  }

  @Test func `every date has one spelling, and others are read where they say one thing`() {
    for day in stride(from: Int64(-20_000), to: 40_000, by: 37) {
      let spelled = DateSpelling.spelled(day)
      #expect(DateSpelling.days(spelled) == Int32(day))
      let parts = spelled.split(separator: "-")
      for other in [
        parts.joined(separator: "/"), parts.joined(separator: "."), "\(spelled)T00:00:00",
        "\(spelled) 00:00:00", "\u{A0}\(spelled)",
      ] {
        #expect(DateSpelling.respelled(other) == spelled, "\(other)")
      }
      let (month, date) = (Int(parts[1]) ?? 0, Int(parts[2]) ?? 0)
      let french = "\(parts[2])/\(parts[1])/\(parts[0])"
      let isClear = date > 12 || date == month
      #expect(DateSpelling.respelled(french) == (isClear ? spelled : nil), "\(french)")
    }
    for other in ["", "x", "1970", "1970-02-30", "12:30", "01/02/70", "2024-01-01 12:30:00"] {
      #expect(DateSpelling.respelled(other) == nil, "\(other)")
    }
  }

  @Test(arguments: ["250.0", "E11.9", "LA33-6", "10*9/L", "12-3", "1E5", "'", "DEC"])
  func `codes that a spreadsheet did not touch are none of its`(code: String) {
    #expect(CodeShape.spreadsheet(code) == nil)
  }
}
