import ArgumentParser
import Vocabulary

/// How a list is printed.
enum ListFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, csv
}

/// Which concepts a command may find.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only concepts of this vocabulary; may be repeated.", valueName: "id"))
  var vocabulary: [String] = []

  @Option(help: ArgumentHelp("Only concepts of this domain; may be repeated.", valueName: "id"))
  var domain: [String] = []

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("Only concepts of this class; may be repeated.", valueName: "id"))
  var conceptClass: [String] = []

  /// The filter, with the names of an index.
  func filter(_ index: VocabularyIndex, isStandardOnly: Bool) throws -> ConceptFilter {
    do {
      return try ConceptFilter(
        index, vocabularies: vocabulary, domains: domain, classes: conceptClass,
        isStandardOnly: isStandardOnly)
    } catch {
      let nearest = error.nearest.map { "; did you mean \($0)?" } ?? ""
      throw Failure(
        "'--\(error.kind) \(error.name)': the index has no such \(error.kind)\(nearest)")
    }
  }
}
