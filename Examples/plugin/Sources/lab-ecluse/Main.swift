import EcluseKit
import LabStages

@main
enum Main {
  static func main() {
    var stages = Registry()
    stages.register(reader: "ndjson") { try NDJSON.reader($0) }
    stages.register(step: "split-quantity", settings: ["separator"]) { try SplitQuantity($0) }
    stages.register(target: "ndjson") { try NDJSONLoader($0) }
    Program.run(adding: stages, version: "lab-stages 1.0")
  }
}
