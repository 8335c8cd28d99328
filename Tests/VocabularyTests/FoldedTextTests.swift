import Testing

@testable import Vocabulary

/// What texts become before they are compared.
struct FoldedTextTests {
  @Test(arguments: [
    ("Type 2 Diabetes", ["type", "2", "diabet"]),
    ("diabète de type 2", ["diabet", "type", "2"]),
    ("Œdème aigu du poumon", ["edem", "aigu", "poumon"]),
    ("oedema, acute", ["edema", "acut"]),
    ("STRASSE Straße", ["strass", "strass"]),
    ("β-blocker", ["beta", "blocker"]),
    ("TNFα", ["tnf", "alpha"]),
    ("250 µg/mL 250 μg/ml", ["250", "ug", "ml", "250", "ug", "ml"]),
    ("500mg 2,5 mL 0.5 %", ["500", "mg", "2.5", "ml", "0.5", "%"]),
    ("vitamine B12, H₂O, 10³", ["vitamin", "b12", "h2o", "103"]),
    ("l'angine d’effort qu'il", ["angin", "effort", "il"]),
    ("Crohn's disease", ["crohn", "diseas"]),
    ("Parkinson’s", ["parkinson"]),
    ("co-trimoxazole", ["co", "trimoxazol"]),
    ("fractures costales", ["fractur", "costal"]),
    ("hôpitaux généraux", ["hopital", "general"]),
    ("allergies allergie allergy", ["allergi", "allergi", "allergi"]),
    ("arthrosis arthrose", ["arthros", "arthros"]),
    ("chronique chronic", ["chronic", "chronic"]),
    ("abcès virus pelvis mass", ["abce", "virus", "pelvis", "mass"]),
    ("Ménie\u{300}re", ["menier"]),
    ("боль", ["боль"]),
    ("α β", ["alpha", "beta"]),
    ("αβ", ["αβ"]),
    (" of the de la ", []),
    ("", []),
  ])
  func `a text has these terms`(text: String, terms: [String]) {
    #expect(FoldedText(text).terms == terms)
  }

  @Test func `bytes that are no text part words and end nothing`() {
    let bytes: [UInt8] = [0x61, 0x62, 0xFF, 0x63, 0x64, 0xE2, 0x82]
    var folded = FoldedText()
    folded.fold(bytes.span)
    #expect(folded.terms == ["ab", "cd"])
  }

  @Test func `folding again leaves nothing of the text before`() {
    var folded = FoldedText("l'angine 500")
    folded.fold(Array("mg".utf8).span)
    #expect(folded == FoldedText("mg"))
    #expect(folded.isNumber(0) == false)
    #expect(FoldedText("500 mg").isNumber(0))
  }

  @Test(arguments: [1e-9, 0.3, 1, 1.5, 2, 10, 7_000_000])
  func `the exponential undoes the logarithm`(value: Double) {
    #expect(abs(exponential(logarithm(value)) / value - 1) < 1e-13)
  }
}
