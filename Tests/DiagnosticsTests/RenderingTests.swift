import Diagnostics
import Testing

struct RenderingTests {
  private func rendered(
    _ line: String, column: Int, length: Int = 1, hint: String? = nil
  ) -> String {
    let diagnostic = Diagnostic(
      .error, "some-code", "it is wrong", at: Position(file: "a.yaml", line: 2, column: column),
      length: length, hint: hint)
    return diagnostic.rendered { $0 == "a.yaml" ? ["first", line] : nil }
  }

  @Test func `shows the line with a caret under every wrong character`() {
    #expect(
      rendered("from: stayz", column: 7, length: 5, hint: "did you mean `stays`?") == """
        a.yaml:2:7: error: it is wrong [some-code]
         2 | from: stayz
           |       ^^^^^
           hint: did you mean `stays`?

        """)
  }

  @Test func `repeats tabs before the caret`() {
    #expect(
      rendered("\tkey:\tx", column: 7) == """
        a.yaml:2:7: error: it is wrong [some-code]
         2 | \tkey:\tx
           | \t    \t^

        """)
  }

  @Test(arguments: ["d\u{e9}c\u{e8}s: x", "de\u{301}ce\u{300}s: x"])
  func `counts accented letters as one column, composed or not`(_ line: String) {
    let text = rendered(line, column: 8)
    #expect(text.contains("\n   |        ^\n"))
  }

  @Test func `never draws carets past the end of the line`() {
    #expect(rendered("abc", column: 2, length: 50).contains("|  ^^\n"))
    #expect(rendered("abc", column: 4, length: 50).contains("|    ^\n"))
    #expect(rendered("abc", column: 90).contains("^\n"))
  }

  @Test func `does without the line when it cannot be shown`() {
    let elsewhere = Diagnostic(
      .warning, "a-code", "a message", at: Position(file: "gone.yaml", line: 1, column: 1))
    #expect(elsewhere.rendered { _ in nil } == "gone.yaml:1:1: warning: a message [a-code]\n")
    let past = Diagnostic(
      .note, "a-code", "a message", at: Position(file: "a.yaml", line: 9, column: 1))
    #expect(past.rendered { _ in ["one"] } == "a.yaml:9:1: note: a message [a-code]\n")
    let nowhere = Diagnostic(.error, "a-code", "a message", at: nil, hint: "a hint")
    #expect(nowhere.rendered { _ in nil } == "error: a message [a-code]\n   hint: a hint\n")
  }

  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb", ["a", "b"]),
    ("a\rb\n\nc", ["a", "b", "", "c"]), ("a\u{85}b\u{2028}c\u{2029}d", ["a", "b", "c", "d"]),
    ("a\r\r\nb", ["a", "", "b"]), ("a\r\n\nb", ["a", "", "b"]),
  ])
  func `cuts a text into lines as YAML does`(_ text: String, _ lines: [String]) {
    #expect(sourceLines(of: text) == lines)
  }

  @Test(arguments: [1, 120, 2_000, 3_999, 4_000])
  func `a long line is shown around the caret alone`(_ column: Int) throws {
    var line = Array(repeating: Character("a"), count: 4_000)
    line[column - 1] = "x"
    let lines = rendered(String(line), column: column).split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0].hasPrefix("a.yaml:2:\(column): "))
    #expect(lines[1].count < 300)
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let place = lines[2].distance(from: lines[2].startIndex, to: caret)
    #expect(Array(lines[1])[place] == "x")
  }

  @Test func `control characters of a file are not sent to a terminal`() {
    let text = rendered("a\u{1B}[2Jb\u{7}\u{9B}", column: 6, hint: "no\u{1B}c")
    #expect(
      text == """
        a.yaml:2:6: error: it is wrong [some-code]
         2 | a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}
           |      ^
           hint: no\u{FFFD}c

        """)
  }
}
