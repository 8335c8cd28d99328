import Diagnostics
import Testing

struct DiagnosticListTests {
  private func mistake(
    _ code: String, _ position: Position?, _ severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(severity, code, "a message", at: position)
  }

  @Test func `keeps one of two equal diagnostics`() {
    var list = DiagnosticList()
    list.add(mistake("a", nil))
    list.add(mistake("a", nil))
    list.add(mistake("b", nil))
    #expect(list.all.map(\.code) == ["a", "b"])
  }

  @Test func `knows errors from warnings and notes`() {
    var list = DiagnosticList()
    #expect(list.isEmpty)
    list.add(mistake("a", nil, .warning))
    list.add(mistake("b", nil, .note))
    #expect(!list.hasErrors && !list.isEmpty)
    list.add(mistake("c", nil))
    #expect(list.hasErrors)
  }

  @Test func `sorts by file, line and column, those without a position first`() {
    var list = DiagnosticList()
    list.add(mistake("late", Position(file: "b", line: 1, column: 1)))
    list.add(mistake("second", Position(file: "a", line: 2, column: 10)))
    list.add(mistake("first", Position(file: "a", line: 2, column: 9)))
    list.add(mistake("same place, found later", Position(file: "a", line: 2, column: 10)))
    list.add(mistake("nowhere", nil))
    #expect(
      list.sorted.map(\.code) == [
        "nowhere", "first", "second", "same place, found later", "late",
      ])
  }

  @Test func `adds the diagnostics of another list once`() {
    var first = DiagnosticList()
    first.add(mistake("a", nil))
    var second = DiagnosticList()
    second.add(mistake("a", nil))
    second.add(mistake("b", nil))
    first.add(second)
    #expect(first.all.map(\.code) == ["a", "b"])
  }

  @Test func `underlines at least one character`() {
    #expect(Diagnostic(.error, "a", "b", at: nil, length: 0).length == 1)
    #expect(Diagnostic(.error, "a", "b", at: nil, length: -3).length == 1)
  }
}
