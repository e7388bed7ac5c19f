// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_store.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "types/knob_domain.h"

namespace views {
namespace {

double knobNumber(double value) {
    return value;
}
double knobNumber(const std::array<int32_t, 2>& pair) {
    return pair[0];
}

template <typename Value, typename Domain>
double knobNumberIn(const Value& value, const Domain&) {
    return knobNumber(value);
}
template <typename Choice, size_t count>
double knobNumberIn(Choice choice, const types::Words<Choice, count>& words) {
    for (size_t i = 0; i < count; ++i)
        if (words[i].second == choice) return static_cast<double>(i);
    return kMissing;
}
template <typename Value, typename Domain>
double knobNumberIn(const std::optional<Value>& value, const Domain& domain) {
    return value ? knobNumberIn(*value, domain) : kMissing;
}

template <typename Domain>
QStringList wordsOf(const Domain&) {
    return {};
}
QStringList wordsOf(types::OnOff) {
    return {"off", "on"};
}
template <typename Choice, size_t count>
QStringList wordsOf(const types::Words<Choice, count>& words) {
    QStringList list;
    for (const auto& word : words)
        list << word.first;
    return list;
}

/// Numbers of the knobs of a variation without layers, in the order of visitKnobs().
const std::vector<double>& usualNumbers() {
    static const std::vector<double> numbers = [] {
        std::vector<double> list;
        const types::Variation usual;
        types::visitKnobs(types::kVariationKnobs, usual,
                          [&](const std::string&, const auto& value, const auto& domain) {
                              list.push_back(knobNumberIn(value, domain));
                          });
        return list;
    }();
    return numbers;
}

bool isSameNumber(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

/// Equal for equal variations only: the knobs that differ from their defaults.
std::string keyOfVariation(const types::Variation& variation) {
    std::string key;
    size_t index = 0;
    const auto& usual = usualNumbers();
    types::visitKnobs(types::kVariationKnobs, variation,
                      [&](const std::string& path, const auto& value, const auto& domain) {
                          const double number = knobNumberIn(value, domain);
                          const double before = index < usual.size() ? usual[index] : kMissing;
                          ++index;
                          if (isSameNumber(number, before)) return;
                          key.append(path).push_back('=');
                          key.append(reinterpret_cast<const char*>(&number), sizeof number);
                      });
    // The one knob that is a pair.
    if (variation.inputSize) key += "x" + std::to_string((*variation.inputSize)[1]);
    return key;
}

}  // namespace

NewPoint pointOf(const types::Evaluation& evaluation) {
    NewPoint point{evaluation.variation,
                   evaluation.modelSha256,
                   {},
                   evaluation.verdict(),
                   evaluation.training.has_value()};
    for (const Metric metric : totalMetrics()) {
        const Reading reading = read(metric, evaluation);
        PointFigure figure;
        if (reading.value) figure.value = *reading.value;
        if (reading.band) {
            figure.low = reading.band->low;
            figure.high = reading.band->high;
        }
        figure.isPredicted = reading.isPredicted();
        point.figures.push_back(figure);
    }
    for (const auto& budget : {evaluation.flash, evaluation.sram}) {
        point.figures.emplace_back();
        if (budget && budget->isKnown())
            point.figures.back().value = static_cast<double>(budget->usedBytes);
    }
    return point;
}

QString PointColumn::text(double value) const {
    if (std::isnan(value)) return kUnknown;
    if (!words.isEmpty()) return words.value(static_cast<int>(value), kUnknown);
    return isKnob ? figureText(value) : shortText(unit, value);
}

PointStore::PointStore(QObject* parent) : QObject(parent) {
    addFigureColumns();
}

/// Names as on the command line, where a limit on SRAM means all that the model uses of it.
void PointStore::addFigureColumns() {
    static const QStringList keys = {"macs",  "ops",     "params",    "model",
                                     "arena", "latency", "energy",    "accuracy",
                                     "auc",   "error",   "agreement", "sqnr"};
    for (const Metric metric : totalMetrics()) {
        const MetricInfo& known = info(metric);
        const QString key = keys.value(static_cast<int>(m_columns.size()), known.name.toLower());
        m_columns.push_back({});
        m_columns.back().facts = {known.name,           key, metric, false, known.unit,
                                  known.higherIsBetter, {}};
    }
    for (const auto& [name, key] : {std::pair("Flash used", "flash"), {"SRAM used", "sram"}}) {
        m_columns.push_back({});
        m_columns.back().facts = {name, key, std::nullopt, false, Unit::Bytes, false, {}};
    }
}

int PointStore::columnOf(Metric metric) {
    const auto& list = totalMetrics();
    return static_cast<int>(std::find(list.begin(), list.end(), metric) - list.begin());
}

PointFigure PointStore::figure(int column, int row) const {
    const Column& from = m_columns[size_t(column)];
    const double value = from.values[size_t(row)];
    if (from.facts.isKnob) return {value, value, value, false};
    const double low = from.lows[size_t(row)], high = from.highs[size_t(row)];
    const bool hasBand = !std::isnan(low);
    return {value, hasBand ? low : value, hasBand ? high : value, from.predicted[size_t(row)]};
}

bool PointStore::varies(int column) const {
    const Column& of = m_columns[size_t(column)];
    return of.hasValue && (of.least < of.greatest || of.hasGap);
}

int PointStore::rowOf(const types::Variation& variation) const {
    const auto found = m_byVariation.find(keyOfVariation(variation));
    return found == m_byVariation.end() ? -1 : found->second;
}

int PointStore::knobColumn(const std::string& path, const QStringList& words) {
    const auto [entry, isNew] = m_knobColumns.try_emplace(path, columnCount());
    if (!isNew) return entry->second;
    const QString key = QString::fromStdString(path);
    QString name = key;
    for (const char* group : {"quantize.", "rewrite."})
        if (name.startsWith(group)) name.remove(0, static_cast<int>(std::strlen(group)));
    m_columns.push_back({});
    Column& column = m_columns.back();
    column.facts = {name.replace('.', ' ').replace('_', ' '),
                    key,
                    std::nullopt,
                    true,
                    Unit::Number,
                    false,
                    words};
    column.values.assign(m_rows.size(), kMissing);
    column.hasGap = m_rows.size() > 1;
    return entry->second;
}

void PointStore::write(int column, int row, const PointFigure& figure) {
    Column& to = m_columns[size_t(column)];
    to.values[size_t(row)] = figure.value;
    if (!to.facts.isKnob) {
        to.lows[size_t(row)] = static_cast<float>(figure.low);
        to.highs[size_t(row)] = static_cast<float>(figure.high);
        to.predicted[size_t(row)] = figure.isPredicted;
    }
    if (std::isnan(figure.value)) {
        to.hasGap = true;
        return;
    }
    to.hasValue = true;
    to.least = std::min(to.least, figure.value);
    to.greatest = std::max(to.greatest, figure.value);
}

/// A knob at its default gets a column once another point sets it.
void PointStore::writeKnobs(int row, const types::Variation& variation) {
    size_t index = 0;
    const auto& usual = usualNumbers();
    types::visitKnobs(types::kVariationKnobs, variation,
                      [&](const std::string& path, const auto& value, const auto& domain) {
                          const double number = knobNumberIn(value, domain);
                          const bool isOfLayer = index >= usual.size();
                          const double before = isOfLayer ? kMissing : usual[index];
                          ++index;
                          const auto known = m_knobColumns.find(path);
                          if (known != m_knobColumns.end())
                              return write(known->second, row, {number, kMissing, kMissing, false});
                          if (isSameNumber(number, before)) return;
                          const int column = knobColumn(path, wordsOf(domain));
                          for (int earlier = 0; earlier < row && !std::isnan(before); ++earlier)
                              write(column, earlier, {before, kMissing, kMissing, false});
                          if (!std::isnan(before)) m_columns[size_t(column)].hasGap = false;
                          write(column, row, {number, kMissing, kMissing, false});
                      });
}

int PointStore::addRow(const NewPoint& point) {
    const int row = count();
    m_rows.push_back({});
    m_rows.back().network = point.network;
    for (Column& column : m_columns) {
        column.values.push_back(kMissing);
        if (column.facts.isKnob) continue;
        column.lows.push_back(static_cast<float>(kMissing));
        column.highs.push_back(static_cast<float>(kMissing));
        column.predicted.push_back(false);
    }
    return row;
}

/// The row no longer stands for the variation, whose network is another one now.
void PointStore::leave(int row, const types::Variation& variation) {
    Row& from = m_rows[size_t(row)];
    std::erase(from.variations, variation);
    if (from.variations.empty() && !from.network.empty()) m_byNetwork.erase(from.network);
    takeMarks(row);
}

/// Returns the row of the point's network, with its variation among those of the row.
int PointStore::place(const NewPoint& point) {
    const std::string key = keyOfVariation(point.variation);
    const auto known = m_byVariation.find(key);
    const bool hasNetwork = !point.network.empty();
    const auto same = hasNetwork ? m_byNetwork.find(point.network) : m_byNetwork.end();
    int row = same != m_byNetwork.end() ? same->second : -1;
    if (known != m_byVariation.end()) {
        Row& before = m_rows[size_t(known->second)];
        if (row == known->second) return row;
        if (row < 0 && before.variations.size() == 1) {
            // Its only variation gives another network now, as after another data set.
            if (!before.network.empty()) m_byNetwork.erase(before.network);
            before.network = point.network;
            if (hasNetwork) m_byNetwork[point.network] = known->second;
            return known->second;
        }
        leave(known->second, point.variation);
    }
    if (row < 0) row = addRow(point);
    m_rows[size_t(row)].variations.push_back(point.variation);
    m_byVariation[key] = row;
    if (hasNetwork) m_byNetwork[point.network] = row;
    return row;
}

/// Returns true where the point became the last row.
bool PointStore::add(const NewPoint& point) {
    const int before = count();
    const int row = place(point);
    Row& to = m_rows[size_t(row)];
    to.verdict = point.verdict;
    to.isTrained = point.isTrained;
    to.conditions = m_conditions;
    for (size_t i = 0; i < size_t(figureColumns()); ++i)
        write(static_cast<int>(i), row,
              i < point.figures.size() ? point.figures[i] : PointFigure());
    if (to.variations.front() == point.variation) writeKnobs(row, point.variation);
    takeMarks(row);
    return row == before;
}

/// Those of the first of its variations that has some; its name is the user's, or the label.
void PointStore::takeMarks(int row) {
    Row& of = m_rows[size_t(row)];
    of.marks = {};
    for (const types::Variation& variation : of.variations)
        if (of.marks == Marks()) of.marks = marksOf(variation);
    if (!of.marks.name.isEmpty())
        of.name = of.marks.name;
    else if (!of.variations.empty())
        of.name = QString::fromStdString(of.variations.front().label());
}

void PointStore::put(const std::vector<NewPoint>& points) {
    if (points.empty()) return;
    const int before = count();
    bool isAppending = true;
    for (const NewPoint& point : points)
        isAppending &= add(point);
    if (isAppending)
        emit appended(before);
    else
        emit changed();
}

Marks PointStore::marksOf(const types::Variation& variation) const {
    if (m_marks.empty()) return {};
    const auto found = m_marks.find(keyOfVariation(variation));
    return found == m_marks.end() ? Marks() : found->second.second;
}

MarksEdit PointStore::allMarks() const {
    MarksEdit all;
    for (const auto& [key, entry] : m_marks)
        all.push_back(entry);
    return all;
}

void PointStore::setMarks(const MarksEdit& edit) {
    for (const auto& [variation, marks] : edit) {
        const std::string key = keyOfVariation(variation);
        m_marks.erase(key);
        if (!(marks == Marks())) m_marks.emplace(key, std::pair(variation, marks));
        const auto row = m_byVariation.find(key);
        if (row != m_byVariation.end()) takeMarks(row->second);
    }
    if (!edit.empty()) emit changed();
}

void PointStore::setConditions(const std::string& conditions) {
    m_conditionsText = conditions;
    const int next = conditions.empty() ? 0 : static_cast<int>(m_knownConditions.size()) + 1;
    const int known = m_knownConditions.try_emplace(conditions, next).first->second;
    if (known == m_conditions) return;
    m_conditions = known;
    if (count() > 0) emit changed();
}

void PointStore::clear() {
    m_columns.clear();
    m_rows.clear();
    m_byVariation.clear();
    m_byNetwork.clear();
    m_knobColumns.clear();
    m_marks.clear();
    addFigureColumns();
    emit changed();
}

}  // namespace views
