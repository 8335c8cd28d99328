import ArgumentParser

/// The commands of the program.
struct Ecluse: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Program.name,
      abstract: "Turns health data exports into the OMOP Common Data Model, with balanced books.",
      discussion: """
        EXAMPLES
          ecluse check pipelines/emc2.yaml
          ecluse explain pipelines/emc2.yaml --memory 512MB
          ecluse run pipelines/emc2.yaml --set data=/srv/deliveries --target sqlite:/srv/cdm.sqlite
          ecluse quarantine list /srv/cdm.sqlite --reason required_missing
          ecluse --generate-completion-script bash > /etc/bash_completion.d/ecluse

        EXIT CODES
          0 done   1 failed   2 mistakes in pipelines or mappings   64 wrong usage   130 stopped
        """,
      version: Program.setting.version,
      subcommands: [
        Run.self, Check.self, Test.self, Explain.self, Trace.self, Quarantine.self, Books.self,
        VocabularyCommand.self, Language.self, Schema.self, Sample.self,
      ])
  }
}

/// How a command prints what it has to say.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
