// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/check_profile.h"

#include <algorithm>
#include <map>

#include "cost/fit/comparable.h"
#include "cost/fit/error_summary.h"
#include "cost/fit/session_observations.h"
#include "cost/predict.h"
#include "types/target.h"

namespace studies {
namespace {

using types::CheckedLayer;
using types::FitLine;
using types::FittedTo;
using types::ProfileCheck;

/// Layers between two looks at the stop token.
constexpr size_t kBatch = 256;

std::string pairText(int64_t a, int64_t b) {
    return std::to_string(a) + "x" + std::to_string(b);
}

/// "8x8x4 to 8x8x16, 3x3, stride 2x2"; for operators without height and width "64 to 10".
std::string shapeOf(const cost::Workload& w) {
    const bool isFlat = w.inHeight * w.inWidth * w.outHeight * w.outWidth == 1;
    const std::string in = isFlat ? "" : pairText(w.inHeight, w.inWidth) + "x";
    const std::string out = isFlat ? "" : pairText(w.outHeight, w.outWidth) + "x";
    std::string text =
        in + std::to_string(w.inChannels) + " to " + out + std::to_string(w.outChannels);
    if (w.taps() > 1) text += ", " + pairText(w.kernelHeight, w.kernelWidth);
    if (w.strideHeight * w.strideWidth > 1)
        text += ", stride " + pairText(w.strideHeight, w.strideWidth);
    if (w.dilationHeight * w.dilationWidth > 1)
        text += ", dilation " + pairText(w.dilationHeight, w.dilationWidth);
    return text;
}

FittedTo fittedTo(const types::KernelCost& row, const cost::Workload& workload) {
    if (row.layers == 0) return FittedTo::No;
    if (row.fittedTo.empty()) return FittedTo::Unrecorded;
    const bool isThere =
        std::binary_search(row.fittedTo.begin(), row.fittedTo.end(), cost::fingerprintOf(workload));
    return isThere ? FittedTo::Yes : FittedTo::No;
}

std::string nameOf(const types::KernelCost& row) {
    return row.kernel + " " + row.dtype;
}

/// The steps of a check; stop requests are checked between batches of layers.
class Checking {
public:
    explicit Checking(const CheckRequest& request)
        : m_request(request), m_device(*request.device), m_predictor(request.device) {
        m_check.device = request.device;
        m_check.unit = types::isEmulated(m_device) ? "instructions" : "cycles";
    }

    types::Result<ProfileCheck> run(const types::Work& work) {
        const size_t count = m_request.layers.size();
        for (size_t i = 0; i < count; ++i) {
            if (i % kBatch == 0 && work.isStopped()) return types::cancelled();
            if (i % kBatch == 0)
                work.report(static_cast<double>(i) / static_cast<double>(count), "predicting");
            add(m_request.layers[i]);
        }
        addLines();
        for (const auto& [row, residuals] : m_byRow)
            m_check.rows.push_back({nameOf(*row), row->layers, !row->fittedTo.empty(),
                                    row->relativeError, row->source, cost::summarize(residuals)});
        m_check.notPredicted = listed(m_notPredicted);
        m_check.notCompared = listed(m_notCompared);
        return std::move(m_check);
    }

private:
    using Residuals = std::vector<cost::Residual>;
    using Reasons = std::map<std::string, int64_t>;

    void add(const MeasuredLayer& source) {
        CheckedLayer layer;
        layer.from = source.from;
        layer.name = source.name;
        layer.op = source.op;
        const types::KernelCost* row = predict(source, layer);
        compare(source, layer);
        if (!layer.predicted)
            ++m_notPredicted[layer.whyNotPredicted];
        else if (!layer.isCompared())
            ++m_notCompared[layer.whyNotCompared];
        else
            count(row, layer);
        m_check.layers.push_back(std::move(layer));
    }

    /// Returns the row used; null: none, and the layer states why.
    const types::KernelCost* predict(const MeasuredLayer& source, CheckedLayer& layer) {
        if (!source.workload) {
            const types::Error& error = source.workload.error();
            layer.whyNotPredicted = error.what + (error.where.empty() ? "" : ": " + error.where);
            return nullptr;
        }
        const cost::Workload& workload = *source.workload;
        layer.kind = workload.kind;
        layer.op = types::opName(workload.kind);
        layer.type = cost::costType(workload);
        layer.shape = shapeOf(workload);
        const cost::OpPrediction op = m_predictor.predict({workload}).ops.front();
        if (!op.row) {
            layer.whyNotPredicted = op.source;
            return nullptr;
        }
        const double clock = m_device.clockMhz;
        layer.predicted = {op.latencyUs->value * clock, op.latencyUs->low * clock,
                           op.latencyUs->high * clock};
        layer.row = nameOf(*op.row);
        layer.fittedTo = fittedTo(*op.row, workload);
        return op.row;
    }

    void compare(const MeasuredLayer& source, CheckedLayer& layer) const {
        if (!source.cost) {
            layer.whyNotCompared = source.cost.error().what;
            return;
        }
        layer.measured = source.cost->cycles;
        const CompareWith with = source.compareWith;
        if (with == CompareWith::All) return;
        layer.whyNotCompared =
            cost::whyNotComparable(source.conditions, source.cost->isCounted, m_device);
        if (with == CompareWith::SameBoard && layer.whyNotCompared.empty() &&
            !cost::namesBoard(source.conditions, m_device))
            layer.whyNotCompared = "its session names no board";
    }

    void count(const types::KernelCost* row, CheckedLayer& layer) {
        const types::Estimate& predicted = *layer.predicted;
        const cost::Residual residual{layer.op, layer.op, *layer.measured, predicted.value,
                                      predicted.high / predicted.value - 1};
        m_byPart[layer.fittedTo].push_back(residual);
        layer.counts = !m_request.unseenOnly || layer.fittedTo == FittedTo::No;
        if (!layer.counts) return;
        m_counted.push_back(residual);
        m_byRow[row].push_back(residual);
    }

    void addLines() {
        for (const auto& [op, errors] : cost::summarizeByOp(m_counted))
            m_check.lines.push_back({FitLine::Kind::Operator, op, op, errors});
        m_check.lines.push_back(
            {FitLine::Kind::AllLayers, "total", "total", cost::summarize(m_counted)});
        const auto addPart = [this](FittedTo part, const char* key, const char* title) {
            m_check.lines.push_back(
                {FitLine::Kind::Part, key, title, cost::summarize(m_byPart[part])});
        };
        addPart(FittedTo::No, "unseen", "not fitted to these");
        addPart(FittedTo::Yes, "fitted", "fitted to these");
        addPart(FittedTo::Unrecorded, "unrecorded", "not recorded whether fitted to these");
    }

    /// The most frequent reason first.
    static std::vector<types::LeftOutLayers> listed(const Reasons& reasons) {
        std::vector<types::LeftOutLayers> list;
        for (const auto& [why, layers] : reasons)
            list.push_back({why, layers});
        std::ranges::stable_sort(list, std::ranges::greater(), &types::LeftOutLayers::layers);
        return list;
    }

    const CheckRequest& m_request;
    const types::DeviceProfile& m_device;
    cost::Predictor m_predictor;
    ProfileCheck m_check;
    Residuals m_counted;
    std::map<FittedTo, Residuals> m_byPart;
    std::map<const types::KernelCost*, Residuals> m_byRow;
    Reasons m_notPredicted, m_notCompared;
};

}  // namespace

std::vector<MeasuredLayer> layersOf(const types::Session& session, const types::Graph* graph,
                                    CompareWith compareWith) {
    std::vector<MeasuredLayer> layers;
    const auto add = [&](const std::string& key, const std::string& op) -> MeasuredLayer& {
        layers.push_back({session.name, key, op, session.conditions, cost::Workload(),
                          cost::Observation(), compareWith});
        return layers.back();
    };
    auto observations = graph ? cost::observationsOf(session, *graph)
                              : types::fail("the model of the session is not known");
    if (observations) {
        for (cost::Observation& each : *observations) {
            MeasuredLayer& layer = add(each.name, types::opName(each.workload.kind));
            layer.workload = each.workload;
            layer.cost = std::move(each);
        }
        return layers;
    }
    std::map<int32_t, const types::Measurement*> measured;
    for (const types::Measurement& m : session.measurements)
        if (m.layer) measured.try_emplace(*m.layer, &m);
    const types::Error why{observations.error().what, {}, {}};
    for (const auto& [index, m] : measured) {
        MeasuredLayer& layer = add(types::layerKey(index, m->op), m->op);
        layer.workload = tl::unexpected(why);
        layer.cost = tl::unexpected(why);
    }
    return layers;
}

types::Result<std::vector<MeasuredLayer>> layersOf(const std::filesystem::path& table,
                                                   const cost::RowFilter& filter, double clockMhz,
                                                   CompareWith compareWith) {
    auto lines = cost::readTableLines(table, filter, clockMhz);
    if (!lines) return tl::unexpected(lines.error());
    std::vector<MeasuredLayer> layers;
    for (cost::TableLine& line : *lines)
        layers.push_back({table.filename().string(), std::move(line.name), std::move(line.op),
                          std::move(line.conditions), std::move(line.workload),
                          std::move(line.layer), compareWith});
    return layers;
}

types::Result<ProfileCheck> checkProfile(const CheckRequest& request, const types::Work& work) {
    return Checking(request).run(work);
}

}  // namespace studies
