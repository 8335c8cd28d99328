@testable import Vocabulary

/// Targets of a domain that goes neither with the other targets nor with the code.
enum PlantedDomains {
  static let all: [Planted] = [
    Planted(
      Row.codesHead + Row.codes() + Row.codes(target: "1️⃣1545958", of: "RxNorm"),
      "unlike-domains", hint: "a slip"),
    // Told once, although CIM10 has no drugs either.
    Planted(
      Row.codesHead + Row.codes("E11.9", vocabulary: "CIM10")
        + Row.codes("E11.9", vocabulary: "CIM10", target: "1️⃣1545958", of: "RxNorm"),
      "unlike-domains"),
    Planted(
      Row.usagiHead + Row.usagi()
        + Row.usagi(concept: "1️⃣8753", title: "millimole per liter", domain: "Unit"),
      "unlike-domains", hint: "MAPS_TO_UNIT"),
    Planted(
      Row.codesHead + Row.codes("I10", vocabulary: "CIM10", target: "1️⃣1545958", of: "RxNorm"),
      "other-source-domain"),
    Planted(
      Row.codesHead + Row.codes("HEQE002", vocabulary: "CCAM", target: "1️⃣1545958", of: "RxNorm"),
      "other-source-domain"),
    Planted(
      Row.codesHead + Row.codes("C10AA05", vocabulary: "ATC", target: "1️⃣201820"),
      "other-source-domain"),
    Planted(
      Row.codesHead + Row.codes("mg", vocabulary: "UCUM", target: "1️⃣1545958", of: "RxNorm"),
      "unit-target"),
    Planted(
      Row.codesHead + Row.codes("mg", vocabulary: "UCUM", target: "1️⃣3004410", of: "LOINC"),
      "other-source-domain"),
  ]
}
