import Testing

@testable import Vocabulary

/// What a release does to codes, one planted case after the other.
struct ReleaseComparisonTests {
  private func kinds(_ codes: UsedCode...) throws -> [String: [ImpactKind]] {
    let found = try TwoReleases.comparison().findings(codes).findings
    return Dictionary(uniqueKeysWithValues: found.map { ($0.code.code, $0.kinds) })
  }

  private func coded(_ code: String, _ vocabulary: String = "ICD10") -> UsedCode {
    UsedCode(code: code, vocabulary: vocabulary, way: .vocabulary)
  }

  private func mapped(_ code: String, _ targets: Int64...) -> UsedCode {
    UsedCode(code: code, mapping: "own", way: .file(targets: targets))
  }

  @Test func `codes of a vocabulary are lost, changed, moved, gained and missing`() throws {
    let found = try kinds(
      coded("SAME"), coded("LOST"), coded("CHANGED"), coded("MOVED"), coded("GAINED"),
      coded("MISSING"), coded("VALUE"), coded("never there"), coded("LOST", "no vocabulary"))
    #expect(
      found == [
        "LOST": [.lost], "CHANGED": [.changed], "MOVED": [.domainMoved], "GAINED": [.gained],
        "MISSING": [.lost, .missingCode], "VALUE": [.changed],
      ])
  }

  @Test func `targets of a file are followed, and told where they are deprecated`() throws {
    let found = try kinds(
      mapped("same", 1, 2), mapped("replaced", 4), mapped("split", 5), mapped("lost", 6),
      mapped("moved", 7), mapped("dropped", 10), mapped("foreign", 77), mapped("none"))
    #expect(
      found == [
        "replaced": [.changed, .deprecatedTarget], "split": [.changed, .deprecatedTarget],
        "lost": [.lost, .deprecatedTarget],
        "moved": [.changed, .domainMoved, .deprecatedTarget],
        "dropped": [.lost, .deprecatedTarget],
      ])
  }

  @Test func `parts of a file and values are told too, and change no concept of the row`() throws {
    let found = try kinds(
      UsedCode(code: "part", way: .file(targets: [1], parts: [4])),
      UsedCode(code: "value of", way: .file(targets: [1], values: [4])),
      UsedCode(code: "plain", way: .value(4)), UsedCode(code: "reviewed", way: .value(0)))
    #expect(
      found == [
        "part": [.deprecatedTarget], "value of": [.changed, .deprecatedTarget],
        "plain": [.deprecatedTarget],
      ])
  }

  private func reviewed(_ code: String, _ vocabulary: String? = "ICD10") -> UsedCode {
    UsedCode(code: code, vocabulary: vocabulary, mapping: "own", way: .reviewed)
  }

  @Test func `a reviewed code is told only where its vocabulary comes to have a target`() throws {
    let found = try TwoReleases.comparison().findings([
      reviewed("GAINED"), reviewed("SAME"), reviewed("LOST"), reviewed("CHANGED"),
      reviewed("MISSING"), reviewed("nowhere"), reviewed("GAINED", nil),
    ]).findings
    #expect(found.map(\.code.code) == ["GAINED"])
    #expect(found.map(\.kinds) == [[.reviewedGained]])
    #expect(found.first?.before == [])
    #expect(found.first?.after.map(\.id) == [2])
    #expect(!ImpactKind.reviewedGained.changesRows)
  }

  @Test func `local concepts that one release alone has are compared as if both had them`() throws {
    let first = LocalConcepts.range.lowerBound
    let codes = [
      mapped("ours", first), mapped("ours and another", 1, first), coded("OWN", "LOCAL"),
      coded("FOUR", "LOCAL"), coded("NONE", "LOCAL"),
    ]
    func kinds(_ comparison: ReleaseComparison) -> [String: [ImpactKind]] {
      Dictionary(
        uniqueKeysWithValues: comparison.findings(codes).findings.map { ($0.code.code, $0.kinds) })
    }
    let neither = try TwoReleases.comparison()
    #expect(neither.onlyLocal == nil)
    #expect(kinds(neither).isEmpty)
    let old = try TwoReleases.comparison(local: [.from])
    #expect(old.onlyLocal == .from)
    // What a local concept maps to is followed in the release that comes.
    #expect(kinds(old) == ["FOUR": [.changed]])
    #expect(old.deprecated(first) == nil)
    #expect(!old.isGone(vocabulary: "LOCAL"))
    let new = try TwoReleases.comparison(local: [.to])
    #expect(new.onlyLocal == .to)
    #expect(kinds(new).isEmpty)
    let both = try TwoReleases.comparison(local: [.from, .to])
    #expect(both.onlyLocal == nil)
    #expect(kinds(both) == ["FOUR": [.changed]])
  }

  @Test func `a local concept that the release that comes has no more is lost`() throws {
    let first = LocalConcepts.range.lowerBound
    let comparison = try TwoReleases.comparison(local: [.from, .to], withdrawn: [first])
    #expect(comparison.onlyLocal == nil)
    let found = comparison.findings([mapped("ours", first), coded("OWN", "LOCAL")]).findings
    #expect(found.map(\.code.code) == ["ours"])
    #expect(found.map(\.kinds) == [[.lost, .deprecatedTarget]])
    #expect(found.first?.before.map(\.name) == ["our own"])
  }

  @Test func `a finding names the concepts of both releases`() throws {
    let found = try TwoReleases.comparison().findings([
      coded("MOVED"), mapped("split", 5),
    ]).findings
    #expect(found[0].before.map(\.domain) == ["Condition"])
    #expect(found[0].after.map(\.domain) == ["Measurement"])
    #expect(found[1].deprecated.map(\.target.name) == ["five"])
    #expect(found[1].deprecated.first?.replacements.map(\.id) == [1, 2])
  }

  @Test func `local concepts that no release has are left alone`() throws {
    let local = LocalConcepts.range.lowerBound
    #expect(try kinds(mapped("ours", local)).isEmpty)
  }

  @Test func `codes that a run found otherwise are counted`() throws {
    var same = coded("SAME")
    same.found = [1]
    var other = coded("LOST")
    other.found = [2]
    // Its row is 0 because somebody has said so.
    var reviewed = reviewed("SAME")
    reviewed.found = []
    let codes = [same, other, coded("GAINED"), reviewed]
    #expect(try TwoReleases.comparison().findings(codes).strangers == 1)
  }

  @Test func `all codes of a vocabulary are listed once`() throws {
    let old = try TwoReleases.comparison().old
    let handle = try #require(old.vocabulary(named: "ICD10"))
    #expect(
      old.usedCodes(ofVocabulary: handle).map(\.code)
        == ["CHANGED", "GAINED", "LOST", "MISSING", "MOVED", "SAME", "VALUE"])
  }
}
