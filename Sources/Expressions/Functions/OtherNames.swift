extension ExpressionLanguage {
  /// What functions of other languages are called here: the hint on their names.
  static let otherNames: [String: String] = {
    let names: [(String, [String])] = [
      ("substring", ["substr", "mid"]), ("length", ["len", "char_length", "character_length"]),
      ("upper", ["ucase"]), ("lower", ["lcase"]), ("strpos", ["instr", "charindex", "locate"]),
      ("coalesce", ["ifnull", "nvl", "isnull"]), ("nullif", ["na_if", "nullifzero"]),
      ("case when … then … else … end", ["if", "iif", "decode", "nvl2", "if_else", "case_when"]),
      ("ceil", ["ceiling"]), ("trunc", ["truncate", "trunk", "fix"]), ("power", ["pow"]),
      ("ln(x) or log10(x)", ["log"]), ("sqrt", ["square_root"]), ("%", ["modulo"]),
      ("today()", ["now", "current_date", "getdate", "curdate", "sysdate"]),
      ("date_add('unit', count, x)", ["dateadd", "add_months", "timestampadd"]),
      ("date_diff('unit', from, to)", ["datediff", "months_between", "timestampdiff", "age"]),
      ("date_trunc", ["datetrunc"]), ("extract(unit from x)", ["date_part", "datepart"]),
      ("to_text", ["to_char", "format", "strftime", "date_format", "format_date", "put"]),
      ("to_decimal", ["to_number", "parse_number", "val"]),
      ("to_date", ["str_to_date", "strptime", "parse_date", "input"]),
      ("day_of_week", ["isodow", "dayofweek", "weekday"]), ("day_of_year", ["dayofyear", "doy"]),
      ("iso_week", ["week", "weekofyear", "isoweek"]), ("end_of_month", ["eomonth"]),
      ("to_epoch", ["unix_timestamp"]), ("from_epoch", ["from_unixtime", "to_timestamp_ntz"]),
      ("try_cast(x as type)", ["safe_cast"]), ("concat_ws", ["paste", "textjoin"]),
      ("greatest", ["max"]), ("least", ["min"]), ("initcap", ["proper", "propcase"]),
      ("unaccent", ["remove_accents", "strip_accents"]), ("contains", ["includes"]),
      ("convert(x, 'from', 'to')", ["convert_unit", "convert_units", "ucum"]),
    ]
    var known: [String: String] = [:]
    for (here, others) in names {
      for other in others {
        known[other] =
          here.contains("(") || here.contains(" ") || here == "%" ? "“\(here)”" : "“\(here)()”"
      }
    }
    return known
  }()
}
