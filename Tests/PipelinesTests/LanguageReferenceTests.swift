import CommonDataModel
import Diagnostics
import Testing

@testable import Pipelines

struct LanguageReferenceTests {
  @Test func `names every section once`() {
    let names = LanguageReference.sections.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["project", "pipeline", "table", "csv", "rule", "test"]))
  }

  @Test(arguments: LanguageReference.sections.map(\.name))
  func `describes every key of a section`(_ name: String) throws {
    let section = try #require(LanguageReference.sections.first { $0.name == name })
    let page = LanguageReference.markdown()
    #expect(page.contains("## \(name)\n\n\(section.summary)"))
    for key in section.keys {
      #expect(page.contains("| `\(key.name)` |"))
      #expect(key.summary.hasSuffix("."))
      #expect(!key.isRequired || key.defaultValue == nil, "`\(key.name)` needs no default")
    }
  }

  @Test(arguments: LanguageReference.sections.map(\.name))
  func `gives an example that is YAML`(_ name: String) throws {
    let section = try #require(LanguageReference.sections.first { $0.name == name })
    var diagnostics = DiagnosticList()
    _ = YAMLFile.parse(Array(section.example.utf8), path: name, diagnostics: &diagnostics)
    #expect(diagnostics.isEmpty, "\(diagnostics.all)")
  }

  @Test func `links only to sections of the page`() {
    let page = LanguageReference.markdown()
    for match in page.matches(of: /\]\(#([^)]+)\)/) {
      #expect(page.contains("## \(match.output.1.replacing("-", with: " "))\n"))
    }
  }

  @Test func `lists every event field with its images`() {
    let page = LanguageReference.markdown()
    #expect(
      page.contains("| `status_concept_id` | `condition_occurrence.condition_status_concept_id` |"))
    for field in EventImage.fields { #expect(page.contains("| `\(field.name)` | ")) }
  }
}
