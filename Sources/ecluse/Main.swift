import EcluseKit

/// The program as it ships: the stages of Écluse and no others.
@main
enum Main {
  static func main() { Program.run() }
}
