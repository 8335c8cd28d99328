import Diagnostics
import Foundation
import Testing

@testable import Pipelines

struct SchemaTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }

  /// All YAML files that ship, by path, with the kind that each is.
  static let shipped: [(path: String, file: LanguageSchema.File)] = {
    let folder = root.appendingPathComponent("pipelines").path
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".yaml") }.map { name in
      let path = "pipelines/\(name)"
      let isProject = ((try? text(path)) ?? "").contains("\nproject:")
      return (path, isProject ? .project : .pipeline)
    }
  }()

  private func instance(_ yaml: String) throws -> Instance {
    var diagnostics = DiagnosticList()
    let node = YAMLFile.parse(Array(yaml.utf8), path: "example", diagnostics: &diagnostics)
    #expect(diagnostics.isEmpty, "\(diagnostics.all)")
    return Instance(try #require(node))
  }

  private func validator(_ file: LanguageSchema.File) throws -> SchemaValidator {
    try #require(SchemaValidator(json: LanguageSchema.json(of: file)))
  }

  @Test(arguments: LanguageSchema.File.allCases)
  func `the schema in docs is the one that the program writes`(_ file: LanguageSchema.File) throws {
    #expect(try Self.text("docs/schema/\(file.rawValue).json") == LanguageSchema.json(of: file))
  }

  @Test(arguments: shipped)
  func `every file that ships is valid`(_ path: String, _ file: LanguageSchema.File) throws {
    #expect(try validator(file).mistakes(instance(Self.text(path))) == [])
  }

  @Test func `both kinds of files ship`() {
    #expect(Self.shipped.contains { $0.file == .project })
    #expect(Self.shipped.contains { $0.file == .pipeline })
  }

  @Test func `the good project and pipeline of the tests are valid`() throws {
    #expect(try validator(.project).mistakes(instance(GoodProject.project)) == [])
    #expect(try validator(.pipeline).mistakes(instance(GoodProject.pipeline)) == [])
  }

  /// Whether a tree is of a section, or all that stands in it is: an example shows a section with
  /// the key or the list in which it stands.
  private func fits(
    _ instance: Instance, _ section: String, _ validator: SchemaValidator
  ) -> Bool {
    if validator.mistakes(instance, definition: section).isEmpty { return true }
    switch instance {
    case .object(let members):
      return !members.isEmpty && members.allSatisfy { fits($0.value, section, validator) }
    case .list(let items):
      return !items.isEmpty && items.allSatisfy { fits($0, section, validator) }
    default: return false
    }
  }

  /// The tree with one more key in each of its mappings.
  private func spoilt(_ instance: Instance) -> Instance {
    switch instance {
    case .object(let members):
      .object(
        members.map { (key: $0.key, value: spoilt($0.value)) }
          + [(key: "no_such_key", value: .object([(key: "no_such_key", value: .text("x"))]))])
    case .list(let items): .list(items.map { spoilt($0) })
    default: instance
    }
  }

  @Test(arguments: LanguageReference.sections.map(\.name))
  func `every example of the reference is valid, and none with an unknown key`(
    _ name: String
  ) throws {
    let section = try #require(LanguageReference.sections.first { $0.name == name })
    let file: LanguageSchema.File =
      ["project", "cdm_source", "derive", "era", "unobserved"].contains(name) ? .project : .pipeline
    let validator = try validator(file)
    let example = try instance(section.example)
    let definition = LanguageSchema.name(of: section)
    #expect(fits(example, definition, validator))
    #expect(!fits(spoilt(example), definition, validator))
  }

  @Test(arguments: [
    ("pipeline: p", "pipelin: p", "/pipelin: unknown"),
    ("language: 1", "language: 2", "/language: enum"),
    ("transform:", "transforms:", ": no transform"),
  ])
  func `a mistake in a pipeline is marked`(
    _ passage: String, _ replacement: String, _ mistake: String
  ) throws {
    let text = GoodProject.pipeline
    let line = try #require(
      text.split(separator: "\n").first { $0.hasPrefix(passage.prefix { $0 != " " }) })
    let spoilt = text.replacing(
      line, with: passage == "pipeline: p" ? "pipelin: p" : Substring(replacement),
      maxReplacements: 1)
    #expect(try validator(.pipeline).mistakes(instance(spoilt)).contains(mistake))
  }

  @Test func `a project without a name, or with a list for a text, is marked`() throws {
    let mistakes = try validator(.project).mistakes(
      instance("language: 1\npipelines: [a.yaml]\nkey: [a, b]\nvocabulary: \"\"\n"))
    #expect(mistakes.sorted() == ["/key: array", "/vocabulary: minLength", ": no project"])
  }
}
