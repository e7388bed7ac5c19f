// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/predict.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "cost/band.h"
#include "cost/power.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::Estimate;
using types::Graph;
using types::Op;
using types::OpKind;

/// Beyond this leverage a shape is further from the measured ones than they are from each other.
constexpr double kFarLeverage = 1;

/// Operators whose cost lies outside the kernels that a device file can describe.
const char* whyNoFigure(OpKind kind) {
    switch (kind) {
        case OpKind::CUSTOM:
            return "no figure: the cost of a custom operator is not known";
        case OpKind::IF:
        case OpKind::WHILE:
        case OpKind::CALL_ONCE:
            return "no figure: control flow costs what the subgraphs it runs cost";
        default:
            return nullptr;
    }
}

Estimate around(double value, double halfWidth) {
    return {value, std::max(0.0, value - halfWidth), value + halfWidth};
}

/// Adds operators up to a model, row by row, so that what errs together is widened together.
class ModelSum {
public:
    void add(const CostRow& row, const std::vector<double>& turns, double cycles) {
        RowSum& sum = m_rows[&row];
        sum.turns.resize(turns.size());
        for (size_t i = 0; i < turns.size(); ++i)
            sum.turns[i] += turns[i];
        sum.cycles += cycles;
        m_cycles += cycles;
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
    struct RowSum {
        std::vector<double> turns;
        double cycles = 0;
    };

    /// In cycles: fitted rows err independently, the others by one factor.
    double halfWidth() const {
        double squares = 0, shared = 0;
        for (const auto& [row, sum] : m_rows) {
            const types::KernelCost& cost = row->cost();
            const double leverage =
                sum.cycles > 0 ? row->spread(sum.turns) / (sum.cycles * sum.cycles) : 0;
            const double half =
                sum.cycles * relativeBand(cost.relativeError, leverage,
                                          static_cast<double>(cost.terms.size()), cost.layers);
            if (cost.layers > 0)
                squares += half * half;
            else
                shared += half;
        }
        return std::sqrt(squares) + shared;
    }

    std::map<const CostRow*, RowSum> m_rows;
    double m_cycles = 0, m_energyUj = 0, m_powerErrorUj = 0;
};

}  // namespace

Predictor::Predictor(std::shared_ptr<const DeviceProfile> device)
    : m_device(std::move(device)), m_kernels(kernelSetOf(m_device->runtime, m_device->core)) {
    for (const types::KernelCost& cost : m_device->kernels) {
        m_byName.emplace(cost.kernel + " " + cost.dtype, m_rows.size());
        m_rows.emplace_back(cost);
    }
}

Predictor::Costed Predictor::cost(const Workload& w) const {
    Costed result;
    result.dtype = costType(w);
    if (const char* why = whyNoFigure(w.kind)) {
        result.whyNot = why;
        return result;
    }
    const KernelTerms path = kernelTerms(w, m_kernels), plain = plainTerms(w);
    // The narrowest name that has a row which covers this workload; the exact type first.
    const std::string op = types::opName(w.kind);
    std::string key;
    for (const char* kernel : {path.path, plain.path, op.c_str(), "*"})
        for (const char* dtype : {result.dtype.c_str(), "*"}) {
            key.assign(kernel).append(1, ' ').append(dtype);
            const auto found = m_byName.find(key);
            if (found == m_byName.end()) continue;
            const CostRow& row = m_rows[found->second];
            // A row of loops is good for its own path only, a plain one for no path's name.
            const bool isItsName =
                row.isPath() ? kernel == path.path
                             : kernel != path.path || std::strcmp(kernel, plain.path) == 0;
            if (!isItsName || !row.collect(path, plain, result.turns)) continue;
            result.row = &row;
            result.name = row.isPath() ? row.cost().kernel : plain.path;
            result.cycles = row.cycles(result.turns);
            return result;
        }
    result.whyNot =
        "no figure: " + m_device->id + " has no row for " + plain.path + " " + result.dtype;
    return result;
}

OpPrediction Predictor::predictOp(const Workload& w, const Costed& costed) const {
    OpPrediction op;
    const types::KernelCost& row = costed.row->cost();
    const double spread = costed.row->spread(costed.turns);
    const double leverage = costed.cycles > 0 ? spread / (costed.cycles * costed.cycles) : 0;
    const double error = relativeBand(row.relativeError, leverage,
                                      static_cast<double>(row.terms.size()), row.layers);
    const double us = costed.cycles / m_device->clockMhz;
    op.latencyUs = around(us, us * error);
    op.measured = row.layers > 0;
    op.source = costed.name + " " + costed.dtype + ": " + row.source;
    if (leverage > kFarLeverage)
        op.source += "; this shape is far from the measured ones, so the band is wide";
    const Power power = powerOf(*m_device, w);
    if (power.milliwatts <= 0) return op;
    // Power and cycles are measured apart, so their errors add in squares.
    const double uj = us * power.milliwatts * 1e-3;
    op.energyUj = around(uj, uj * std::hypot(error, power.relativeError));
    return op;
}

Prediction Predictor::predict(const std::vector<Workload>& workloads) const {
    Prediction result;
    result.ops.reserve(workloads.size());
    ModelSum sum;
    bool timed = true, powered = true;
    for (const Workload& w : workloads) {
        Costed costed = cost(w);
        if (!costed.row) {
            result.ops.push_back({{}, {}, std::move(costed.whyNot), false});
            timed = false;
            continue;
        }
        result.ops.push_back(predictOp(w, costed));
        const OpPrediction& op = result.ops.back();
        sum.add(*costed.row, costed.turns, costed.cycles);
        powered = powered && op.energyUj.has_value();
        if (op.energyUj) sum.addEnergy(op.energyUj->value, powerOf(*m_device, w).relativeError);
    }
    if (timed) result.latencyUs = sum.latencyUs(m_device->clockMhz);
    if (timed && powered) result.energyUj = sum.energyUj();
    return result;
}

Prediction Predictor::predict(const Graph& graph) const {
    return predict(workloadsOf(graph));
}

}  // namespace cost
