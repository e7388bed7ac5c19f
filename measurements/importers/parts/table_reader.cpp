// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/table_reader.h"

#include <algorithm>

#include "importers/parts/layer_shape.h"
#include "importers/parts/op_tags.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

constexpr size_t kManyModels = 32;
constexpr size_t kLongestNote = 120;

/// Columns that are equal in all rows of a session; `true`: part of its title.
constexpr std::pair<const char*, bool> kConditionRoles[] = {
    {"board", true},   {"core", false},   {"clock_mhz", true},     {"runtime", false},
    {"kernels", true}, {"flags", true},   {"compiler", false},     {"runtime_version", false},
    {"started", true}, {"source", false}, {"supply_volts", false}, {"model_hash", false},
};

/// Parses "3", "3_CONV_2D" or "#3 CONV_2D": index and operator of a layer.
void readLayer(std::string_view text, types::Measurement& row) {
    if (text.starts_with('#')) text.remove_prefix(1);
    const size_t end = text.find_first_of("_ ");
    const auto index = integerOf(text.substr(0, end));
    if (!index || *index < 0 || *index > INT32_MAX) return;
    row.layer = static_cast<int32_t>(*index);
    if (row.op.empty() && end != std::string_view::npos) row.op = std::string(text.substr(end + 1));
}

}  // namespace

TableReader::TableReader(std::string format, std::string_view text, ColumnMap map)
    : m_format(std::move(format)), m_text(text), m_header(text), m_map(std::move(map)) {
    m_values.resize(m_header.header().size());
    m_isMapped.resize(m_values.size(), false);
    for (size_t i = 0; i < m_map.size(); ++i) {
        m_roles.emplace(m_map[i].role, i);
        if (m_map[i].place >= 0) m_isMapped[static_cast<size_t>(m_map[i].place)] = true;
    }
}

void TableReader::survey() {
    CsvReader rows(m_text);
    for (Cells cells; rows.next(cells);) {
        for (size_t i = 0; i < m_values.size(); ++i)
            if (m_values[i].size() < 2) m_values[i].insert(i < cells.size() ? cells[i] : "");
        if (m_models.size() <= kManyModels) m_models.insert(modelOf(cells));
    }
    const bool hasLayers = std::any_of(m_map.begin(), m_map.end(),
                                       [](const ColumnRole& role) { return role.role == "layer"; });
    m_keyedByModel = m_models.size() > kManyModels || (m_models.size() > 1 && !hasLayers);
}

std::string TableReader::cell(const ColumnRole& role, const Cells& cells) const {
    if (role.isConstant) return role.column;
    const auto place = static_cast<size_t>(role.place);
    return place < cells.size() ? cells[place] : std::string();
}

std::string TableReader::valueOf(const char* name, const Cells& cells) const {
    const auto found = m_roles.find(name);
    return found == m_roles.end() ? std::string() : cell(m_map[found->second], cells);
}

std::string TableReader::modelOf(const Cells& cells) const {
    const std::string model = valueOf("model", cells), variant = valueOf("variant", cells);
    return model.empty() || variant.empty() ? model + variant : model + " " + variant;
}

std::string TableReader::noteOf(const Cells& cells) const {
    std::string note;
    for (const ColumnRole& role : m_map)
        if (role.role == "note")
            addNote(note, role.detail.empty() ? role.column : role.detail, cell(role, cells));
    for (size_t i = 0; i < cells.size() && i < m_values.size(); ++i)
        if (!m_isMapped[i] && m_values[i].size() > 1 && cells[i].size() <= kLongestNote)
            addNote(note, m_header.header()[i], cells[i]);
    return note;
}

void TableReader::startSession(const Cells& cells, SessionBuilder& builder) const {
    types::Conditions& conditions = builder.conditions();
    conditions.board = valueOf("board", cells);
    conditions.core = valueOf("core", cells);
    conditions.clockMhz = numberOf(valueOf("clock_mhz", cells)).value_or(0);
    conditions.supplyVolts = numberOf(valueOf("supply_volts", cells)).value_or(0);
    conditions.runtime = valueOf("runtime", cells);
    conditions.runtimeVersion = valueOf("runtime_version", cells);
    conditions.kernels = valueOf("kernels", cells);
    conditions.compiler = valueOf("compiler", cells);
    conditions.flags = valueOf("flags", cells);
    conditions.modelHash = valueOf("model_hash", cells);
    conditions.source =
        types::sourceNamed(valueOf("source", cells)).value_or(types::MeasurementSource::Imported);
    if (!m_keyedByModel) conditions.modelName = modelOf(cells);
    builder.note("started", valueOf("started", cells));
    for (const ColumnRole& role : m_map)
        if (role.role == "condition") builder.note(role.detail, cell(role, cells));
    for (size_t i = 0; i < cells.size() && i < m_values.size(); ++i)
        if (!m_isMapped[i] && m_values[i].size() == 1) builder.note(m_header.header()[i], cells[i]);
}

std::string TableReader::conditionsKey(const Cells& cells, std::string& title) const {
    std::string key;
    const auto add = [&](const std::string& value, bool isTitle) {
        key += value + '\x1f';
        if (isTitle && !value.empty()) title += (title.empty() ? "" : " ") + value;
    };
    for (const auto& [role, isTitle] : kConditionRoles)
        add(valueOf(role, cells), isTitle);
    for (const ColumnRole& role : m_map)
        if (role.role == "condition") add(cell(role, cells), true);
    if (!m_keyedByModel) add(modelOf(cells), true);
    return key;
}

SessionBuilder& TableReader::builderFor(const Cells& cells) {
    std::string title;
    const std::string key = conditionsKey(cells, title);
    const auto [found, isNew] = m_sessions.try_emplace(key, m_format);
    if (isNew) {
        m_order.push_back(key);
        found->second.session().name = title;
        startSession(cells, found->second);
    }
    return found->second;
}

void TableReader::addQuantity(const ColumnRole& role, double value, const types::Measurement& row,
                              const std::string& model, SessionBuilder& builder) const {
    const QuantityUnit unit = *quantityUnit(role.role);
    const bool ofModel = role.detail == "model";
    std::string key = ofModel ? types::kWhole : row.key;
    if (!ofModel && !role.detail.empty()) key += "/" + role.detail;
    if (m_keyedByModel) key = model + ": " + key;
    types::Measurement& measurement = builder.at(key, unit.quantity);
    const double sample = value * unit.factor;
    if (ofModel && !measurement.samples.empty() && measurement.samples.back() == sample) return;
    if (role.detail.empty()) {
        measurement.op = row.op;
        if (!m_keyedByModel) measurement.layer = row.layer;
        if (measurement.samples.empty()) measurement.note = row.note;
    }
    measurement.samples.push_back(sample);
}

void TableReader::takeRow(const Cells& cells) {
    types::Measurement row;
    row.op = opTag(valueOf("op", cells));
    row.note = noteOf(cells);
    readLayer(valueOf("layer", cells), row);
    row.key = valueOf("key", cells);
    if (row.key.empty() && row.layer) row.key = types::layerKey(*row.layer, row.op);
    if (row.key.empty()) row.key = row.op.empty() ? types::kWhole : shapeKey(row.op, row.note);
    const std::string model = modelOf(cells);
    SessionBuilder* builder = nullptr;  // a row without numbers starts no session
    for (const ColumnRole& role : m_map) {
        const auto value = quantityUnit(role.role) ? numberOf(cell(role, cells)) : std::nullopt;
        if (!value) continue;
        if (!builder) builder = &builderFor(cells);
        addQuantity(role, *value, row, model, *builder);
    }
    m_emptyRows += builder ? 0 : 1;
}

Sessions TableReader::read() {
    survey();
    CsvReader rows(m_text);
    for (Cells cells; rows.next(cells);)
        takeRow(cells);
    Sessions sessions;
    for (const std::string& key : m_order)
        sessions.push_back(m_sessions.at(key).take());
    if (m_emptyRows > 0 && !sessions.empty())
        sessions.front().warnings.push_back(std::to_string(m_emptyRows) +
                                            " rows of the table hold no number and are left out");
    return sessions;
}

}  // namespace importers
