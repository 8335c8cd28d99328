import Diagnostics
import Foundation
import Testing

struct JSONRenderingTests {
  @Test func `writes fields in a fixed order`() {
    var list = DiagnosticList()
    list.add(
      Diagnostic(
        .warning, "unused-table", "no rule reads `x`",
        at: Position(file: "b.yaml", line: 3, column: 5), length: 2))
    list.add(
      Diagnostic(
        .error, "unknown-key", "`form` is not a key of rule",
        at: Position(file: "a.yaml", line: 10, column: 7), length: 4, hint: "did you mean `from`?"))
    list.add(Diagnostic(.note, "no-vocabulary", "no vocabulary", at: nil))
    #expect(
      list.json() == """
        {
          "diagnostics": [
            { "severity": "note", "code": "no-vocabulary", "message": "no vocabulary" },
            { "severity": "error", "code": "unknown-key", "message": "`form` is not a key of rule", \
        "file": "a.yaml", "line": 10, "column": 7, "length": 4, "hint": "did you mean `from`?" },
            { "severity": "warning", "code": "unused-table", "message": "no rule reads `x`", \
        "file": "b.yaml", "line": 3, "column": 5, "length": 2 }
          ]
        }

        """)
  }

  @Test func `writes an empty list`() {
    #expect(DiagnosticList().json() == "{\n  \"diagnostics\": []\n}\n")
  }

  @Test(arguments: [
    "a \"quoted\" word", "back\\slash", "line\nreturn\rtab\tbell\u{7}nul\u{0}", "décès 𝄞 \u{7F}",
    "\u{2028}",
  ])
  func `escapes texts so that any reader gets them back`(_ text: String) throws {
    var list = DiagnosticList()
    list.add(Diagnostic(.error, "a", text, at: nil))
    let object = try JSONSerialization.jsonObject(with: Data(list.json().utf8))
    let diagnostics = (object as? [String: Any])?["diagnostics"] as? [[String: Any]]
    #expect(diagnostics?.first?["message"] as? String == text)
  }
}
