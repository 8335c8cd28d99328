import Diagnostics
import Testing
import Transform

@testable import Pipelines

/// What a pipeline says of visits and of observation periods.
struct PersonSettingTests {
  private func pipeline(_ settings: String) -> String {
    GoodProject.pipeline.replacing("\ntransform:\n", with: "\n\(settings)\ntransform:\n")
  }

  @Test func `reads all that is said of visits and periods`() throws {
    let checking = try Checking(
      pipeline: pipeline(
        """
        visits:
          merge:
            stays: [9201, 8971]
            overnight: 9202
            touching: 9203
            within: [9202, 581458]
            gap: 2
            emergency: { classes: [9203] }
            details: merged
          link: date
          preceding: true
        observation_period: { by: gap, gap: 400, persistence: 60, type: 32882 }
        """))
    #expect(checking.said == [])
    let finishing = try #require(checking.checked?.pipelines.first?.definition.finishing)
    #expect(
      finishing.visits
        == VisitPlan(
          merging: VisitMerging(
            stays: [9201, 8971], overnight: [9202], touching: [9203], within: [9202, 581_458],
            gap: 2, emergencies: [9203], emergencyStay: 262, keepsLoneDetails: false),
          linksByDate: true, namesPreceding: true))
    #expect(
      finishing.periods == PeriodPlan(method: .gap(400), persistence: 60, type: 32_882))
    // 2024-03-01, as the source says.
    #expect(finishing.delivered == 19_783)
  }

  @Test func `what is not said is the default`() throws {
    let plain = try #require(try Checking().checked?.pipelines.first?.definition.finishing)
    #expect(plain.visits == nil)
    #expect(plain.periods == PeriodPlan(method: .events, persistence: 0, type: 32_817))
    let checking = try Checking(
      pipeline: pipeline("visits: { merge: { stays: 9201 } }\nobservation_period: { by: gap }"))
    let finishing = try #require(checking.checked?.pipelines.first?.definition.finishing)
    #expect(finishing.visits == VisitPlan(merging: VisitMerging(stays: [9201], gap: 1)))
    #expect(finishing.periods.method == .gap(548))
  }

  @Test(arguments: [
    ("visits: { merge: { stays: [9201, 1️⃣9201] } }", "duplicate-class"),
    ("visits: { merge: { stays: 9201, touching: [9203, 1️⃣9201] } }", "duplicate-class"),
    ("visits: { 1️⃣merge: { touching: 9203 } }", "missing-key"),
    ("visits: { merge: { stays: 1️⃣inpatient } }", "wrong-kind"),
    ("visits: { merge: { stays: 9201, gap: 1️⃣-1 } }", "out-of-range"),
    ("visits: { link: 1️⃣dates }", "unknown-link"),
    ("observation_period: { by: 1️⃣enrolment }", "no-enrolment"),
    ("observation_period: { by: events, gap: 1️⃣30 }", "unused-setting"),
    ("observation_period: { by: 1️⃣event }", "unknown-method"),
  ])
  func `finds a mistake`(_ settings: String, _ code: String) throws {
    let marked = MarkedText(pipeline(settings), file: "pipelines/p.yaml")
    let checking = try Checking(pipeline: marked.text)
    let found = checking.diagnostics.all.filter { $0.code == code }
    #expect(found.map(\.position) == marked.marks[1].map { [$0] }, "\(checking.said)")
  }
}
