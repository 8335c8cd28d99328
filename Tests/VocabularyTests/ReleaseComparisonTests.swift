import Testing

@testable import Vocabulary

/// What a release does to codes, one planted case after the other.
struct ReleaseComparisonTests {
  private func kinds(_ codes: UsedCode...) throws -> [String: [ImpactKind]] {
    let found = try TwoReleases.comparison().findings(codes)
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

  @Test func `a finding names the concepts of both releases`() throws {
    let found = try TwoReleases.comparison().findings([coded("MOVED"), mapped("split", 5)])
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
    #expect(try TwoReleases.comparison().strangers([same, other, coded("GAINED")]) == 1)
  }

  @Test func `all codes of a vocabulary are listed once`() throws {
    let old = try TwoReleases.comparison().old
    let handle = try #require(old.vocabulary(named: "ICD10"))
    #expect(
      old.usedCodes(ofVocabulary: handle).map(\.code)
        == ["CHANGED", "GAINED", "LOST", "MISSING", "MOVED", "SAME", "VALUE"])
  }
}
