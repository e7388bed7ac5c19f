// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/predict.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/shapes.h"
#include "cost/terms/fingerprint.h"
#include "types/latency_basis.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::Estimate;
using types::Graph;
using types::Op;
using types::OpKind;

/// Operators whose cost device files cannot describe, with the reason.
const char* whyNoFigure(OpKind kind) {
    switch (kind) {
        case OpKind::CUSTOM:
            return "no figure: the cost of a custom operator is not known";
        case OpKind::TFLM_DECODE:
            return "no figure: no measured time of decoding weights is known";
        case OpKind::DETECTION_POSTPROCESS:
            return "no figure: the time of suppressing boxes depends on what is detected";
        case OpKind::IF:
        case OpKind::WHILE:
            return "no figure: control flow costs what the subgraphs it runs cost";
        case OpKind::STABLEHLO_COMPOSITE:
            return "no figure: a composite costs what its decomposition costs; inline it";
        default:
            return nullptr;
    }
}

Estimate around(double value, double halfWidth) {
    return {value, std::max(0.0, value - halfWidth), value + halfWidth};
}

/// Sums operators to a model.
class ModelSum {
public:
    explicit ModelSum(const types::ModelBand& band) : m_band(band) {}

    void add(bool isMeasured, double cycles, double halfWidth) {
        m_cycles += cycles;
        if (isMeasured)
            m_squares += halfWidth * halfWidth;
        else
            m_shared += halfWidth;
    }
    void addEnergy(double microjoules, double relativePowerError) {
        m_energyUj += microjoules;
        m_powerErrorUj += microjoules * relativePowerError;
    }

    Estimate latencyUs(double clockMhz) const {
        return around(m_cycles / clockMhz, halfWidth() / clockMhz);
    }
    Estimate energyUj() const {
        const double latencyError = m_cycles > 0 ? halfWidth() / m_cycles : 0;
        return around(m_energyUj, std::hypot(m_energyUj * latencyError, m_powerErrorUj));
    }

private:
    /// In cycles. Rows taken over from another board may all be wrong by one factor.
    double halfWidth() const {
        return std::hypot(m_band.independent * std::sqrt(m_squares), m_band.common * m_cycles) +
               m_shared;
    }

    const types::ModelBand& m_band;
    double m_cycles = 0, m_squares = 0, m_shared = 0;
    double m_energyUj = 0, m_powerErrorUj = 0;
};

}  // namespace

Predictor::Predictor(std::shared_ptr<const DeviceProfile> device)
    : m_device(std::move(device)),
      m_kernels(kernelLibraryOf(m_device->runtime, m_device->core)),
      m_power(*m_device) {
    m_rows.reserve(m_device->kernels.size());
    for (const types::KernelCost& cost : m_device->kernels) {
        m_byName.emplace(rowHash(nameHash(cost.kernel), cost.dtype), m_rows.size());
        const bool isStale = !cost.loops.empty() &&
                             cost.loops != termsFingerprint(cost.kernel, cost.dtype, m_kernels);
        m_rows.emplace_back(cost, isStale);
    }
}

const CostRow* Predictor::rowOf(uint64_t kernel, const std::string& dtype) const {
    const auto found = m_byName.find(rowHash(kernel, dtype));
    return found == m_byName.end() ? nullptr : &m_rows[found->second];
}

void Predictor::cost(const Workload& w, Costed& costed) const {
    static const std::string any = "*";
    costed.row = nullptr;
    costed.dtype = costType(w);
    if (const char* why = whyNoFigure(w.kind)) {
        costed.whyNot = why;
        return;
    }
    const KernelTerms path = kernelTerms(w, m_kernels), plain = plainTerms(w);
    // The most specific name that has a row for this workload; the exact type first.
    const std::array<uint64_t, 4> kernels = {path.path.hash, plain.path.hash, opTerm(w.kind).hash,
                                             nameHash(any)};
    for (size_t k = 0; k < kernels.size(); ++k)
        for (const std::string* dtype : {&std::as_const(costed.dtype), &any}) {
            const CostRow* row = rowOf(kernels[k], *dtype);
            if (!row) continue;
            // A row of loops applies to its own path only, a plain row never under a path's name.
            const bool isItsName = row->isPath() ? k == 0 : k > 0 || kernels[0] == kernels[1];
            if (!isItsName || !row->collect(row->isPath() ? path : plain, costed.trips)) continue;
            costed.row = row;
            costed.name = row->isPath() ? path.path.text : plain.path.text;
            costed.cycles = row->cycles(costed.trips);
            return;
        }
    costed.whyNot = whyNoRow(plain.path.text, costed.dtype);
}

std::string Predictor::whyNoRow(const char* path, const std::string& dtype) const {
    if (types::basisOf(*m_device) == types::LatencyBasis::None)
        return "no figure: no published layers of " + m_device->name + "; measure ten";
    return "no figure: " + m_device->id + " has no row for " + path + " " + dtype;
}

OpPrediction Predictor::predictOp(const Costed& costed, const Power& power) const {
    OpPrediction op;
    const types::KernelCost& row = costed.row->cost();
    const double error = costed.row->relativeBand(costed.trips, costed.cycles);
    const double us = costed.cycles / m_device->clockMhz;
    op.latencyUs = around(us, us * error);
    op.measured = row.layers > 0;
    op.row = &row;
    op.source.reserve(row.source.size() + 64);
    op.source.append(costed.name).append(" ").append(costed.dtype).append(": ").append(row.source);
    if (costed.row->isStale())
        op.source += "; fitted with the terms of another version: fit the profile again";
    else if (costed.row->isFar(costed.trips, costed.cycles))
        op.source += "; this shape is far from the measured ones, so the band is wide";
    if (power.milliwatts <= 0) return op;
    // Power and cycles are measured separately, so their errors add in squares.
    const double uj = us * power.milliwatts * 1e-3;
    op.energyUj = around(uj, uj * std::hypot(error, power.relativeError));
    return op;
}

Prediction Predictor::predict(const std::vector<Workload>& workloads) const {
    Prediction result;
    result.ops.reserve(workloads.size());
    ModelSum sum(m_device->modelBand);
    Costed costed;
    bool timed = true, powered = true;
    for (const Workload& w : workloads) {
        if (w.kind == OpKind::TFLM_DECODE &&
            types::runtimeOf(m_device) == types::Runtime::Netcaliper) {
            result.ops.push_back({around(0, 0), around(0, 0),
                                  "our own runtime stores weights decoded: nothing to do", false});
            continue;
        }
        cost(w, costed);
        if (!costed.row) {
            result.ops.push_back({{}, {}, std::move(costed.whyNot), false});
            timed = false;
            continue;
        }
        const Power power = m_power.of(w);
        result.ops.push_back(predictOp(costed, power));
        const OpPrediction& op = result.ops.back();
        sum.add(op.measured, costed.cycles,
                (op.latencyUs->high - op.latencyUs->value) * m_device->clockMhz);
        powered = powered && op.energyUj.has_value();
        if (op.energyUj) sum.addEnergy(op.energyUj->value, power.relativeError);
    }
    if (timed) result.latencyUs = sum.latencyUs(m_device->clockMhz);
    if (timed && powered) result.energyUj = sum.energyUj();
    nameGaps(workloads, result);
    return result;
}

/// The first operator without a figure stands for all of them.
void Predictor::nameGaps(const std::vector<Workload>& workloads, Prediction& result) const {
    if (!result.latencyUs)
        for (size_t i = 0; i < result.ops.size() && result.latencyGap.empty(); ++i)
            if (!result.ops[i].latencyUs)
                result.latencyGap = "#" + std::to_string(i) + " " +
                                    types::opName(workloads[i].kind) + ": " + result.ops[i].source;
    if (!result.energyUj)
        result.energyGap = result.latencyUs ? "no power figure in the profile of " + m_device->name
                                            : result.latencyGap;
}

Prediction Predictor::predict(const Graph& graph) const {
    Prediction result = predict(workloadsOf(graph));
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        if (!analysis::mayHavePlaceholders(graph, graph.ops[i])) continue;
        if (analysis::shapesAgree(graph, graph.ops[i])) continue;
        result.ops[i] = {{}, {}, "no figure: its shapes are known at run time only", false};
        result.latencyUs.reset();
        result.energyUj.reset();
    }
    return result;
}

}  // namespace cost
