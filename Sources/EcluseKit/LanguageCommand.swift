import ArgumentParser
import Expressions
import Pipelines

/// Prints the reference of the pipeline language.
struct Language: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the reference of the pipeline language, as Markdown.",
    discussion: """
      The page is made from the same descriptions that read and check pipelines, so that it cannot
      differ from what the program does. The copy in docs/language.md is made by this command.

      EXAMPLES
        ecluse language | less
        ecluse language > docs/language.md
      """)

  func run() throws {
    Terminal.print(LanguageReference.markdown() + "\n" + ExpressionLanguage.reference())
  }
}
