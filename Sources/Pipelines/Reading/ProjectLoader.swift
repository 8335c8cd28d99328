package import Diagnostics

/// Reads a project file and the pipelines that it names.
package struct ProjectLoader {
  /// Gives the bytes of a file by its path, or why it cannot be read.
  package typealias ReadFile = (_ path: String) throws(UnreadableFile) -> [UInt8]

  /// Why a file cannot be read, in a few words such as "no such file".
  package struct UnreadableFile: Error {
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }

  private let readFile: ReadFile
  private let overrides: [(name: String, value: String)]
  /// Everything found so far.
  package private(set) var diagnostics = DiagnosticList()
  /// The texts of the files that were read, for showing lines under diagnostics.
  package private(set) var sources: [String: [String]] = [:]

  /// Prepares a reading.
  ///
  /// - Parameters:
  ///   - overrides: what `--set name=value` gave; a later one of the same name holds.
  ///   - readFile: gives the bytes of a file.
  package init(
    overrides: [(name: String, value: String)] = [], readFile: @escaping ReadFile
  ) {
    self.overrides = overrides
    self.readFile = readFile
  }

  /// The project of a file, or `nil` when it cannot be read at all.
  ///
  /// Parts that are wrong are told in `diagnostics` and left out of the project.
  package mutating func load(_ path: String) -> ProjectDefinition? {
    guard let root = tree(path, askedAt: nil) else { return nil }
    if root["project"] == nil, root["pipeline"] != nil {
      diagnostics.add(
        Diagnostic(
          .error, "not-a-project", "this is a pipeline, not a project", at: root.position,
          hint: "name the project file, whose `pipelines:` lists this one"))
      return nil
    }
    check(root, .project, subject: "a project")
    let parameters = parameters(of: root, path: path)
    let texts = ParameterText(parameters: parameters, folder: folder(of: path))
    var reader = ModelReader(texts: texts, diagnostics: diagnostics)
    var project = reader.project(root, file: path)
    let files = reader.pipelineFiles(root)
    diagnostics = reader.diagnostics
    for file in files {
      if files.first(where: { $0.value == file.value })?.position != file.position {
        diagnostics.add(
          Diagnostic(
            .error, "duplicate-pipeline", "`\(file.value)` is listed twice", at: file.position,
            length: file.length))
        continue
      }
      if let pipeline = pipeline(file, parameters: parameters) {
        project.pipelines.append(pipeline)
      }
    }
    return project
  }

  private mutating func pipeline(
    _ file: Located<String>, parameters: [ProjectDefinition.Parameter]
  ) -> PipelineDefinition? {
    guard let root = tree(file.value, askedAt: file) else { return nil }
    check(root, .pipeline, subject: "a pipeline")
    let texts = ParameterText(parameters: parameters, folder: folder(of: file.value))
    var reader = ModelReader(texts: texts, diagnostics: diagnostics)
    defer { diagnostics = reader.diagnostics }
    return reader.pipeline(root, file: file.value)
  }

  private mutating func tree(_ path: String, askedAt place: Located<String>?) -> YAMLNode? {
    // Diagnostics quote the lines of what they read: a data file given by mistake must not be.
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else {
      diagnostics.add(
        Diagnostic(
          .error, "not-a-yaml-file", "`\(path)` is not read: its name does not end in .yaml",
          at: place?.position, length: place?.length ?? 1,
          hint: "projects and pipelines are files whose names end in .yaml or .yml"))
      return nil
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path)
    } catch {
      diagnostics.add(
        Diagnostic(
          .error, "unreadable-file", "`\(path)` cannot be read: \(error.reason)",
          at: place?.position, length: place?.length ?? 1))
      return nil
    }
    sources[path] = sourceLines(of: String(decoding: bytes, as: UTF8.self))
    return YAMLFile.parse(bytes, path: path, diagnostics: &diagnostics)
  }

  private mutating func check(_ root: YAMLNode, _ section: LanguageSection, subject: String) {
    var checker = ShapeChecker(diagnostics: diagnostics)
    checker.check(root, .section(section), subject: subject)
    diagnostics = checker.diagnostics
  }

  /// The parameters of the file with the values of `--set`.
  private mutating func parameters(
    of root: YAMLNode, path: String
  ) -> [ProjectDefinition.Parameter] {
    var parameters: [ProjectDefinition.Parameter] = []
    for entry in root["parameters"]?.entries ?? [] {
      guard let scalar = entry.value.scalar, !scalar.isNull else { continue }
      parameters.append(
        ProjectDefinition.Parameter(
          name: entry.key.text, value: scalar.text, folder: folder(of: path)))
    }
    for override in overrides {
      guard let index = parameters.firstIndex(where: { $0.name == override.name }) else {
        let names = parameters.map(\.name)
        let nearest = nearestName(to: override.name, in: names)
        diagnostics.add(
          Diagnostic(
            .error, "unknown-parameter",
            "`--set \(override.name)` names no parameter of the project", at: nil,
            hint: (nearest.map { "did you mean `\($0)`? " } ?? "")
              + "parameters: \(names.joined(separator: ", "))"))
        continue
      }
      parameters[index].value = override.value
      parameters[index].folder = nil
    }
    return parameters
  }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) }.map { $0.isEmpty ? "/" : $0 } ?? ""
  }
}
