internal import ArgumentParser
internal import Columnar
public import Engine
internal import Pipelines

/// A program with the commands of Écluse.
///
/// A package that adds stages of its own has a program of its own, which is this and little more:
///
/// ```swift
/// import EcluseKit
///
/// @main
/// enum Main {
///   static func main() {
///     var stages = Registry()
///     stages.register(step: "split-quantity") { try SplitQuantity($0) }
///     Program.run(adding: stages, version: "our-stages 1.4")
///   }
/// }
/// ```
public enum Program {
  /// What the commands of the program know of it.
  struct Setting: Sendable {
    var stages = Registry.standard
    var version = "0.1.0"
  }

  /// Set once, before the command runs, and read on its thread.
  @TaskLocal static var setting = Setting()

  /// The name under which the program was called.
  static var name: String {
    CommandLine.arguments.first.flatMap { $0.split(separator: "/").last }.map(String.init)
      ?? "ecluse"
  }

  /// Runs the command of the command line, and ends the process with its exit code.
  ///
  /// - Parameters:
  ///   - stages: the stages that pipelines may use besides those of Écluse; one of the same kind and
  ///     name takes the place of ours.
  ///   - version: what `--version` and the journal of a run say of the stages added.
  public static func run(adding stages: Registry = Registry(), version: String? = nil) {
    var setting = Setting()
    setting.stages = setting.stages.adding(stages)
    if let version { setting.version += " with \(version)" }
    StandardStream.occupyClosed()
    $setting.withValue(setting) {
      // What is wrong with the arguments themselves is wrong usage (64); what comes up later is not.
      var command: any ParsableCommand
      do { command = try Ecluse.parseAsRoot() } catch { Ecluse.exit(withError: error) }
      do { try command.run() } catch { Failure.end(error) }
    }
  }
}
