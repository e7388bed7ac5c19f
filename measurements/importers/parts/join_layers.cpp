// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/join_layers.h"

#include <map>
#include <set>

#include "analysis/count.h"
#include "importers/parts/check_session.h"
#include "importers/parts/layer_shape.h"
#include "types/instruction_mix.h"

namespace importers {
namespace {

using types::Measurement;

/// Key of the layer itself: measurements of its parts ("#3 CONV_2D/loads") follow it.
std::string layerKeyOf(const Measurement& measurement) {
    const size_t part = types::partOf(measurement).size();
    return measurement.key.substr(0, measurement.key.size() - part);
}

/// Names differ between tools: TFLite's are exact; ST's are its own layer types.
bool isSameOp(const std::string& logged, const types::Op& op) {
    return logged.empty() || logged == op.name() || logged == op.customCode;
}

/// Tools add and drop dimensions of 1.
types::Shape withoutOnes(types::Shape shape) {
    std::erase(shape, 1);
    return shape;
}

bool agrees(const types::Shape& logged, const types::Graph& graph,
            const std::vector<int32_t>& tensors) {
    if (logged.empty()) return true;
    if (tensors.empty() || tensors[0] < 0) return false;
    return withoutOnes(logged) == withoutOnes(graph.tensor(tensors[0]).shape);
}

bool saysShape(const LayerShape& shape) {
    return !shape.input.empty() || !shape.output.empty() || shape.macs;
}

/// MACs decide only where nothing better is known: tools define them differently.
bool fits(const LayerShape& shape, const types::Graph& graph, size_t op, int64_t macs) {
    const types::Op& target = graph.ops[op];
    if (!isSameOp(shape.op, target)) return false;
    if (shape.input.empty() && shape.output.empty())
        return !shape.macs || *shape.macs == static_cast<double>(macs);
    return agrees(shape.input, graph, target.inputs) && agrees(shape.output, graph, target.outputs);
}

class Joiner {
public:
    Joiner(const types::Session& session, const types::Graph& graph)
        : m_session(session), m_graph(graph), m_taken(graph.ops.size(), false) {
        for (const auto& count : analysis::countOps(graph))
            m_macs.push_back(count.macs);
    }

    LayerJoin join() {
        for (const Measurement& measurement : m_session.measurements)
            if (isLayer(measurement)) byIndex(measurement);
        for (const Measurement& measurement : m_session.measurements)
            if (isLayer(measurement) && !m_opOf.contains(layerKeyOf(measurement)))
                byShape(measurement);
        return result();
    }

private:
    static bool isLayer(const Measurement& measurement) {
        return measurement.layer || saysShape(layerShapeOf(measurement));
    }

    void byIndex(const Measurement& measurement) {
        const auto op = static_cast<size_t>(measurement.layer.value_or(-1));
        if (op >= m_graph.ops.size() || m_opOf.contains(layerKeyOf(measurement))) return;
        if (m_taken[op] || !fits(layerShapeOf(measurement), m_graph, op, m_macs[op])) return;
        take(layerKeyOf(measurement), op);
    }

    void byShape(const Measurement& measurement) {
        const LayerShape shape = layerShapeOf(measurement);
        if (!saysShape(shape) || shape.op.empty()) return;
        for (size_t op = 0; op < m_graph.ops.size(); ++op)
            if (!m_taken[op] && fits(shape, m_graph, op, m_macs[op]))
                return take(layerKeyOf(measurement), op);
    }

    void take(const std::string& key, size_t op) {
        m_taken[op] = true;
        m_opOf[key] = static_cast<int32_t>(op);
    }

    LayerJoin result() const {
        LayerJoin join;
        std::set<std::string> unmatched;
        for (const Measurement& measurement : m_session.measurements) {
            const std::string key = layerKeyOf(measurement);
            const auto found = m_opOf.find(key);
            join.opOf.push_back(found == m_opOf.end() ? -1 : found->second);
            if (found == m_opOf.end() && isLayer(measurement) && unmatched.insert(key).second)
                join.unmatchedLayers.push_back(key);
        }
        for (size_t op = 0; op < m_taken.size(); ++op)
            if (!m_taken[op]) join.unmatchedOps.push_back(static_cast<int32_t>(op));
        return join;
    }

    const types::Session& m_session;
    const types::Graph& m_graph;
    std::vector<bool> m_taken;
    std::vector<int64_t> m_macs;
    std::map<std::string, int32_t> m_opOf;  ///< by layerKeyOf()
};

std::string listOf(const std::vector<std::string>& names) {
    constexpr size_t kMaxNames = 8;
    std::string text;
    for (size_t i = 0; i < names.size() && i < kMaxNames; ++i)
        text += (i ? ", " : "") + names[i];
    return names.size() > kMaxNames
               ? text + " and " + std::to_string(names.size() - kMaxNames) + " more"
               : text;
}

}  // namespace

LayerJoin joinLayers(const types::Session& session, const types::Graph& graph) {
    return Joiner(session, graph).join();
}

types::Session joinedTo(const types::Session& session, const types::Graph& graph) {
    const LayerJoin join = joinLayers(session, graph);
    types::Session joined = session;
    for (size_t i = 0; i < join.opOf.size(); ++i) {
        if (join.opOf[i] < 0) continue;
        Measurement& measurement = joined.measurements[i];
        const std::string part = types::partOf(measurement);
        measurement.layer = join.opOf[i];
        measurement.op = graph.ops[static_cast<size_t>(join.opOf[i])].name();
        measurement.key = types::layerKey(*measurement.layer, measurement.op) + part;
    }
    std::vector<std::string> ops;
    for (const int32_t op : join.unmatchedOps)
        ops.push_back(types::opLabel(graph, static_cast<size_t>(op)));
    if (!join.unmatchedLayers.empty())
        joined.warnings.push_back("layers of the log that the model does not have: " +
                                  listOf(join.unmatchedLayers));
    if (!ops.empty() && ops.size() < graph.ops.size())
        joined.warnings.push_back("operators of the model that the log does not have: " +
                                  listOf(ops));
    std::vector<int64_t> macs;
    for (const auto& count : analysis::countOps(graph))
        macs.push_back(count.macs);
    checkAgainstMacs(joined, macs);
    return joined;
}

}  // namespace importers
