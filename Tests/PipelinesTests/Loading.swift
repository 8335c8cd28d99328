import Diagnostics
import Testing

@testable import Pipelines

/// A project and its one pipeline, read from texts in memory.
struct Loading {
  let project: ProjectDefinition?
  var diagnostics: DiagnosticList

  init(
    project: String = GoodProject.project, pipeline: String = GoodProject.pipeline,
    overrides: [(name: String, value: String)] = []
  ) {
    let files = ["pipelines/emc2.yaml": project, "pipelines/p.yaml": pipeline]
    var loader = ProjectLoader(overrides: overrides) {
      (path) throws(ProjectLoader.UnreadableFile) in
      guard let text = files[path] else {
        throw ProjectLoader.UnreadableFile(reason: "no such file")
      }
      return Array(text.utf8)
    }
    self.project = loader.load("pipelines/emc2.yaml")
    diagnostics = loader.diagnostics
  }

  /// What was said, as `code file:line:column`.
  var said: [String] { diagnostics.sorted.map { Self.line($0.code, $0.position) } }

  static func line(_ code: String, _ position: Position?) -> String {
    "\(code) \(position.map { "\($0)" } ?? "nowhere")"
  }
}

/// A mistake planted in a file: a passage, what stands there instead with a mark before the wrong
/// token, and the code of the one diagnostic.
struct Planted: CustomTestStringConvertible {
  let passage: String
  let replacement: String
  let code: String
  /// A word that the hint must hold.
  let hint: String?

  init(_ passage: String, _ replacement: String, _ code: String, hint: String? = nil) {
    self.passage = passage
    self.replacement = replacement
    self.code = code
    self.hint = hint
  }

  var testDescription: String { "\(code): \(replacement.prefix(60))" }

  /// The good text with the mistake.
  func marked(_ good: String, file: String) throws -> MarkedText {
    try #require(good.ranges(of: passage).count == 1, "`\(passage)` must stand once")
    return MarkedText(good.replacing(passage, with: replacement), file: file)
  }
}
