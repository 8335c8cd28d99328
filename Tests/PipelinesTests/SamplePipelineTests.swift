import Columnar
import Diagnostics
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Pipelines

/// The pipelines that ship with the project.
struct SamplePipelineTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private func load(_ path: String) throws -> (project: ProjectDefinition, DiagnosticList) {
    var loader = ProjectLoader { (path) throws(ProjectLoader.UnreadableFile) in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ProjectLoader.UnreadableFile(reason: "no such file")
      }
      return Array(data)
    }
    let project = loader.load("\(Self.root)/\(path)")
    return (try #require(project), loader.diagnostics)
  }

  @Test(arguments: ["pipelines/emc2.yaml"])
  func `check clean`(_ path: String) throws {
    let (project, read) = try load(path)
    #expect(read.all == [])
    let catalog = try project.mappings.map { try MappingCatalog(folder: $0.value, asOf: 20_000) }
    try withTemporaryFolder { folder in
      let vocabulary = try project.vocabulary.map {
        try VocabularyIndex.prepare(
          folder: $0.value, index: folder.appendingPathComponent("vocabulary").path)
      }
      for index in [nil, vocabulary] {
        var checker = ProjectChecker(
          project, vocabulary: index, mappings: catalog, asOf: 20_000)
        let checked = checker.check()
        #expect(checker.diagnostics.all == [])
        #expect(checked.pipelines.map(\.rules.count) == project.pipelines.map(\.rules.count))
      }
    }
  }
}
