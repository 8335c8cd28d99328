import Diagnostics
import Testing

@testable import Pipelines

struct ConceptConstantsTests {
  @Test(arguments: [
    ("32817", ["32817 1:4"]), ("'32817'", []), ("A", []),
    ("case when A = 5 then 10 else 20 end", ["10 1:25", "20 1:33"]),
    ("case when A > 1 then 10 when B in (7, 8) then 11 end", ["10 1:25", "11 1:50"]),
    ("case when A = 1 then 10 + 1 else B end", []),
    ("coalesce(map(A, 'then 5 end'), 0)", ["0 1:35"]), ("nullif(A, 0)", []),
    ("coalesce(A, substring(B from 1), 7)", ["7 1:37"]), ("upper(coalesce(A, 7))", ["7 1:22"]),
    ("CASE WHEN \"then\" = 5 THEN 3 ELSE 4.5 END", ["3 1:30"]),
    ("case when a then 1 else case when b then 2 else 3 end end", ["1 1:21", "2 1:45", "3 1:52"]),
  ])
  func `finds the numbers that an expression can give`(
    _ text: String, _ expected: [String]
  ) throws {
    var diagnostics = DiagnosticList()
    let yaml = text.hasPrefix("'") || text.hasPrefix("\"") ? "a: >-\n  \(text)" : "a: \(text)"
    let root = YAMLFile.parse(Array(yaml.utf8), path: "p", diagnostics: &diagnostics)
    let scalar = try #require(root?["a"]?.scalar)
    let found = ConceptConstants.find(in: SourceExpression(scalar: scalar))
    #expect(found.map { "\($0.value) \($0.position.line):\($0.position.column)" } == expected)
  }
}
