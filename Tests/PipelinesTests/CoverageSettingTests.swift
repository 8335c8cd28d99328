import CommonDataModel
import Diagnostics
import Testing

@testable import Pipelines

/// What a pipeline asks of its mapping coverage.
struct CoverageSettingTests {
  private func pipeline(_ settings: String) -> String {
    GoodProject.pipeline.replacing("\ntransform:\n", with: "\n\(settings)\ntransform:\n")
  }

  @Test func `reads budgets in both forms`() throws {
    let checking = try Checking(
      pipeline: pipeline(
        "coverage: { condition: 98%, drug: { least: 95.5 %, drop: 0.25% }, unit: { drop: 1% } }"))
    #expect(checking.said == [])
    let budgets = try #require(checking.checked?.pipelines.first?.definition.coverage)
    #expect(budgets.map(\.domain.value) == ["condition", "drug", "unit"])
    #expect(budgets.map(\.least) == [9_800, 9_550, nil])
    #expect(budgets.map(\.drop) == [nil, 25, 100])
  }

  @Test(arguments: [
    ("coverage: { 1️⃣conditon: 98% }", "unknown-domain", "`condition`"),
    ("coverage: { condition: 1️⃣98 }", "wrong-kind", "98%"),
    ("coverage: { condition: 1️⃣101% }", "wrong-kind", "98%"),
    ("coverage: { condition: 1️⃣98.125% }", "wrong-kind", "98%"),
    ("coverage: { condition: { 1️⃣leest: 98% } }", "unknown-key", "`least`"),
    ("coverage: 1️⃣98%", "wrong-kind", ""),
  ])
  func `tells a mistake`(_ settings: String, _ code: String, _ hint: String) throws {
    let marked = MarkedText(pipeline(settings), file: "pipelines/p.yaml")
    let checking = try Checking(pipeline: marked.text)
    let found = checking.diagnostics.all.filter { $0.code == code }
    #expect(found.map(\.position) == marked.marks[1].map { [$0] }, "\(checking.said)")
    #expect(found.allSatisfy { ($0.hint ?? "").contains(hint) })
  }

  @Test func `the domains are those of the CDM`() {
    let domains = CDMField.codeDomains
    #expect(domains.prefix(3) == ["condition", "drug", "procedure"])
    for domain in ["measurement", "unit", "route", "gender"] { #expect(domains.contains(domain)) }
    #expect(Set(domains).count == domains.count)
    #expect(domains.allSatisfy { !$0.contains(" ") && $0 == $0.lowercased() })
  }
}
