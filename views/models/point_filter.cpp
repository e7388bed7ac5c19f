// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_filter.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

namespace views {
namespace {

struct UnitWord {
    const char* word;
    Unit unit;
    double factor;
};

/// Factors to the base in which columns hold the unit.
constexpr UnitWord kUnitWords[] = {
    {"%", Unit::Share, 0.01},        {"us", Unit::Microseconds, 1},  {"µs", Unit::Microseconds, 1},
    {"ms", Unit::Microseconds, 1e3}, {"s", Unit::Microseconds, 1e6}, {"uj", Unit::Microjoules, 1},
    {"µj", Unit::Microjoules, 1},    {"mj", Unit::Microjoules, 1e3}, {"j", Unit::Microjoules, 1e6},
    {"b", Unit::Bytes, 1},           {"bytes", Unit::Bytes, 1},      {"kib", Unit::Bytes, 1024},
    {"mib", Unit::Bytes, 1048576},   {"kb", Unit::Bytes, 1e3},       {"mb", Unit::Bytes, 1e6},
    {"k", Unit::Bytes, 1e3},         {"m", Unit::Bytes, 1e6},        {"k", Unit::Count, 1e3},
    {"m", Unit::Count, 1e6},         {"g", Unit::Count, 1e9},        {"db", Unit::Decibels, 1},
    {"%", Unit::Number, 0.01},
};

/// For messages.
QString unitsOf(Unit unit) {
    switch (unit) {
        case Unit::Microseconds:
            return QObject::tr("us, ms or s");
        case Unit::Microjoules:
            return QObject::tr("uJ, mJ or J");
        case Unit::Bytes:
            return QObject::tr("k, KiB or MiB");
        case Unit::Count:
            return QObject::tr("k, M or G");
        case Unit::Decibels:
            return QStringLiteral("dB");
        default:
            return QStringLiteral("%");
    }
}

/// Short forms beside the keys of the columns.
const std::vector<std::pair<QString, Metric>>& shortNames() {
    static const std::vector<std::pair<QString, Metric>> names = {
        {"acc", Metric::Accuracy},        {"agree", Metric::Agreement},
        {"lat", Metric::LatencyUs},       {"time", Metric::LatencyUs},
        {"tflite", Metric::FlashBytes},   {"parameters", Metric::Params},
        {"mse", Metric::MeanSquaredError}};
    return names;
}

/// Columns that the name may mean.
std::vector<int> columnsNamed(const QString& name, const PointStore& store) {
    for (const auto& [word, metric] : shortNames())
        if (name == word) return {PointStore::columnOf(metric)};
    std::vector<int> ends;
    for (int column = 0; column < store.columnCount(); ++column) {
        const QString& key = store.column(column).key;
        if (key == name) return {column};
        if (key.endsWith('.' + name)) ends.push_back(column);
    }
    return ends;
}

QString knownNames(const PointStore& store) {
    QStringList names;
    for (int column = 0; column < store.columnCount(); ++column)
        if (!store.column(column).isKnob || store.varies(column)) names << store.column(column).key;
    return names.join(", ");
}

/// Half of the last digit that was written: "85" is equal to 84.5 up to 85.5.
double toleranceOf(const QString& number, double factor) {
    const int point = number.indexOf('.');
    const int decimals = point < 0 ? 0 : number.size() - point - 1;
    return std::abs(factor) * 0.5 * std::pow(10.0, -decimals);
}

struct FilterQuantity {
    double value = 0, tolerance = 0;
};

tl::expected<FilterQuantity, QString> readQuantity(const QString& text, Unit unit) {
    static const QRegularExpression form(
        "^([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(\\D*)$");
    const auto found = form.match(text.trimmed());
    if (!found.hasMatch())
        return tl::unexpected(QObject::tr("'%1' is no number").arg(text.trimmed()));
    const QString number = found.captured(1), word = found.captured(2).trimmed();
    const double value = QLocale::c().toDouble(number);
    if (word.isEmpty()) {
        if (unit == Unit::Microseconds || unit == Unit::Microjoules)
            return tl::unexpected(QObject::tr("'%1' needs a unit: %2").arg(number, unitsOf(unit)));
        const bool isPercent = unit == Unit::Share && std::abs(value) > 1;
        const double factor = isPercent ? 0.01 : 1;
        // Knobs are numbers that were set, the others are rounded by whoever writes them.
        const bool isSet = unit == Unit::Number || (unit == Unit::Share && !isPercent);
        return FilterQuantity{value * factor,
                              isSet ? 1e-9 * std::abs(value) : toleranceOf(number, factor)};
    }
    for (const UnitWord& known : kUnitWords)
        if (known.unit == unit && word.toLower() == QString::fromUtf8(known.word))
            return FilterQuantity{value * known.factor, toleranceOf(number, known.factor)};
    return tl::unexpected(QObject::tr("'%1' is no unit of it: write %2").arg(word, unitsOf(unit)));
}

}  // namespace

tl::expected<double, QString> quantityOf(const QString& text, Unit unit) {
    const auto quantity = readQuantity(text, unit);
    if (!quantity) return tl::unexpected(quantity.error());
    return quantity->value;
}

class FilterParser {
public:
    FilterParser(const QString& text, const PointStore& store) : m_text(text), m_store(store) {}

    tl::expected<PointFilter, FilterError> parse() {
        PointFilter filter;
        std::vector<PointFilter::Term> group;
        for (skipSpace(); m_at < m_text.size(); skipSpace()) {
            const int start = m_termStart = m_at;
            if (takeWord("or")) {
                if (group.empty()) return fail(QObject::tr("nothing stands before 'or'"), start);
                filter.m_groups.push_back(std::move(group));
                group.clear();
                m_isAfterOr = true;
                continue;
            }
            auto term = parseTerm();
            if (!term) return tl::unexpected(term.error());
            m_isAfterOr = false;
            group.push_back(std::move(*term));
        }
        if (m_isAfterOr) return fail(QObject::tr("nothing stands after 'or'"), m_at);
        if (!group.empty()) filter.m_groups.push_back(std::move(group));
        return filter;
    }

private:
    using Term = PointFilter::Term;
    using Relation = PointFilter::Relation;
    using Kind = PointFilter::Kind;

    tl::unexpected<FilterError> fail(const QString& message, int position) const {
        return tl::unexpected(FilterError{message, position, m_termStart});
    }
    void skipSpace() {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }
    static bool isOperator(QChar c) { return c == '<' || c == '>' || c == '=' || c == '!'; }

    /// Takes a word that stands alone.
    bool takeWord(const QString& word) {
        const int end = m_at + word.size();
        const bool isWhole = end == m_text.size() || (end < m_text.size() && m_text[end].isSpace());
        if (!isWhole || m_text.mid(m_at, word.size()).toLower() != word) return false;
        m_at = end;
        return true;
    }
    /// Up to a space, an operator or a quote.
    QString takeName() {
        const int start = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace() && !isOperator(m_text[m_at]) &&
               m_text[m_at] != '"')
            ++m_at;
        return m_text.mid(start, m_at - start);
    }

    tl::expected<Term, FilterError> parseTerm() {
        bool isNegated = false;
        if (m_text[m_at] == '-') {
            isNegated = true;
            ++m_at;
        } else if (takeWord("not")) {
            isNegated = true;
            skipSpace();
        }
        const int start = m_at;
        if (m_at >= m_text.size()) return fail(QObject::tr("nothing stands after 'not'"), start);
        auto term = m_text[m_at] == '"' ? parseQuoted() : parseNamed();
        if (term) term->isNegated = isNegated;
        return term;
    }

    tl::expected<Term, FilterError> parseQuoted() {
        const int start = m_at++;
        const int end = m_text.indexOf('"', m_at);
        if (end < 0) return fail(QObject::tr("the quote is not closed"), start);
        Term term;
        term.text = m_text.mid(m_at, end - m_at);
        m_at = end + 1;
        return term;
    }

    tl::expected<Term, FilterError> parseNamed() {
        const int start = m_at;
        const QString name = takeName();
        const int afterName = m_at;
        skipSpace();
        if (m_at < m_text.size() && isOperator(m_text[m_at])) return parseComparison(name, start);
        m_at = afterName;
        if (name.isEmpty())
            return fail(QObject::tr("'%1' is not expected").arg(m_text[m_at]), m_at);
        if (!columnsNamed(name.toLower(), m_store).empty())
            return fail(QObject::tr("'%1' is a quantity: compare it, as in %1>0").arg(name), start);
        return wordTerm(name);
    }

    static Term wordTerm(const QString& word) {
        static const std::vector<std::pair<QString, Kind>> words = {{"star", Kind::Star},
                                                                    {"starred", Kind::Star},
                                                                    {"note", Kind::Note},
                                                                    {"fits", Kind::Fits},
                                                                    {"trained", Kind::Trained}};
        Term term;
        term.text = word;
        for (const auto& [known, kind] : words)
            if (word.toLower() == known) term.kind = kind;
        return term;
    }

    std::optional<Relation> takeRelation() {
        static const std::vector<std::pair<QString, Relation>> relations = {
            {"<=", Relation::LessEqual}, {">=", Relation::MoreEqual}, {"!=", Relation::Unequal},
            {"==", Relation::Equal},     {"<", Relation::Less},       {">", Relation::More},
            {"=", Relation::Equal}};
        for (const auto& [sign, relation] : relations)
            if (m_text.midRef(m_at, sign.size()) == sign) {
                m_at += sign.size();
                return relation;
            }
        return std::nullopt;
    }

    /// A number with its unit, which may stand apart, or a word.
    QString takeValue() {
        skipSpace();
        static const QRegularExpression apart(
            "[+-]?[\\d.]+(?:[eE][+-]?\\d+)?\\s+(?:%|us|µs|ms|s|uJ|µJ|mJ|J|k|M|G|KiB|MiB|kB|MB|"
            "bytes|dB)"
            "(?=\\s|$)",
            QRegularExpression::CaseInsensitiveOption);
        const auto found = apart.match(m_text, m_at, QRegularExpression::NormalMatch,
                                       QRegularExpression::AnchoredMatchOption);
        if (!found.hasMatch()) return takeName();
        m_at = found.capturedEnd();
        return found.captured();
    }

    tl::expected<Term, FilterError> parseComparison(const QString& name, int start) {
        if (name.isEmpty())
            return fail(QObject::tr("a name is missing before '%1'").arg(m_text[m_at]), m_at);
        const auto columns = columnsNamed(name.toLower(), m_store);
        if (columns.empty())
            return fail(
                QObject::tr("'%1' is no quantity: write one of %2").arg(name, knownNames(m_store)),
                start);
        if (columns.size() > 1)
            return fail(
                QObject::tr("'%1' may be %2 or %3: write one of them")
                    .arg(name, m_store.column(columns[0]).key, m_store.column(columns[1]).key),
                start);
        const auto relation = takeRelation();
        if (!relation) return fail(QObject::tr("'!' is no comparison: write !="), m_at);
        skipSpace();
        const int valueStart = m_at;
        const QString value = takeValue();
        if (value.isEmpty())
            return fail(QObject::tr("a value is missing after '%1'").arg(name), valueStart);
        Term term;
        term.kind = Kind::Compare;
        term.column = columns[0];
        term.relation = *relation;
        if (const auto problem = readValue(term, value)) return fail(*problem, valueStart);
        return term;
    }

    /// Returns what is wrong.
    std::optional<QString> readValue(Term& term, const QString& value) const {
        const bool isEquality =
            term.relation == Relation::Equal || term.relation == Relation::Unequal;
        if (value.toLower() == "missing" && isEquality) {
            term.kind = Kind::Missing;
            return std::nullopt;
        }
        const PointColumn& column = m_store.column(term.column);
        if (!column.words.isEmpty()) {
            const int index = column.words.indexOf(value.toLower());
            if (index < 0)
                return QObject::tr("'%1' is no choice of %2: write %3")
                    .arg(value, column.key, column.words.join(", "));
            term.value = index;
            return std::nullopt;
        }
        const auto quantity = readQuantity(value, column.unit);
        if (!quantity) return column.key + ": " + quantity.error();
        term.value = quantity->value;
        term.tolerance = isEquality ? quantity->tolerance : 0;
        return std::nullopt;
    }

    const QString m_text;
    const PointStore& m_store;
    int m_at = 0, m_termStart = 0;
    bool m_isAfterOr = false;
};

tl::expected<PointFilter, FilterError> PointFilter::parse(const QString& text,
                                                          const PointStore& store) {
    return FilterParser(text, store).parse();
}

bool PointFilter::holds(const Term& term, const PointStore& store, int row) {
    switch (term.kind) {
        case Kind::Star:
            return store.marks(row).isStarred;
        case Kind::Note:
            return !store.marks(row).note.isEmpty();
        case Kind::Fits:
            return store.verdict(row) == types::Verdict::Fits;
        case Kind::Trained:
            return store.isTrained(row);
        case Kind::Text:
            return store.name(row).contains(term.text, Qt::CaseInsensitive) ||
                   store.marks(row).note.contains(term.text, Qt::CaseInsensitive);
        default:
            break;
    }
    const double value = store.value(term.column, row);
    if (term.kind == Kind::Missing) return std::isnan(value) == (term.relation == Relation::Equal);
    if (std::isnan(value)) return false;
    const bool isEqual = std::abs(value - term.value) <= term.tolerance;
    switch (term.relation) {
        case Relation::Less:
            return value < term.value;
        case Relation::LessEqual:
            return value <= term.value;
        case Relation::More:
            return value > term.value;
        case Relation::MoreEqual:
            return value >= term.value;
        case Relation::Equal:
            return isEqual;
        case Relation::Unequal:
            break;
    }
    return !isEqual;
}

bool PointFilter::matches(const PointStore& store, int row) const {
    if (m_groups.empty()) return true;
    for (const auto& group : m_groups) {
        bool all = true;
        for (size_t i = 0; i < group.size() && all; ++i)
            all = holds(group[i], store, row) != group[i].isNegated;
        if (all) return true;
    }
    return false;
}

}  // namespace views
