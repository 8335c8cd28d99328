import Diagnostics
import Pipelines

/// Reads bytes as a project file and as the pipeline that it names, checks both, and renders all
/// that there is to say about them.
///
/// The two files are parted by a line of `%`; without one, the bytes are the pipeline of a good
/// project.
enum ProjectFuzzer {
  private static let project = Array(
    """
    language: 1
    project: p
    parameters: { data: here }
    pipelines: [p.yaml]
    target: sqlite:p.sqlite
    """.utf8)

  static func run(_ bytes: [UInt8]) {
    let mark = Array("\n%\n".utf8)
    let cut = bytes.indices.first { bytes[$0...].starts(with: mark) }
    let files = [
      "f/project.yaml": cut.map { Array(bytes[..<$0]) } ?? project,
      "f/p.yaml": cut.map { Array(bytes[($0 + mark.count)...]) } ?? bytes,
    ]
    var loader = ProjectLoader(overrides: [(name: "data", value: "there")]) {
      (path) throws(ProjectLoader.UnreadableFile) in
      guard let bytes = files[path] else {
        throw ProjectLoader.UnreadableFile(reason: "no such file")
      }
      return bytes
    }
    let definition = loader.load("f/project.yaml")
    var diagnostics = loader.diagnostics
    precondition(definition != nil || diagnostics.hasErrors, "neither read nor explained")
    if let definition {
      var checker = ProjectChecker(definition, asOf: 19_904)
      _ = checker.check()
      diagnostics.add(checker.diagnostics)
    }
    for diagnostic in diagnostics.sorted { _ = diagnostic.rendered { loader.sources[$0] } }
    _ = diagnostics.json()
  }
}
