import ArgumentParser

@main
struct Ecluse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ecluse",
    abstract: "Turns health data exports into the OMOP Common Data Model, with balanced books.")
}
