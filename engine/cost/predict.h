// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latency and energy on a device: cycles = cycles a trip x trips of each loop (kernel_terms.h) with
// the row of the device that fits best, time = cycles / clock, energy = power x time.
//
// Bands hold about nine times of ten. A row that was fitted here knows how far a shape lies from
// the measured ones (its leverage h) and widens by sqrt(1 + h). Over a model, layers of one row
// err together, fitted rows independently of each other; rows that were taken over from another
// board may all be wrong by one factor, so their bands add up.
//
// Thread rules: a Predictor is immutable; use one from many threads.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cost/cost_row.h"
#include "cost/power.h"
#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

struct OpPrediction {
    std::optional<types::Estimate> latencyUs, energyUj;
    std::string source;     ///< "CONV_2D/1x1 int8: fitted to ...", or why there is no figure
    bool measured = false;  ///< the row rests on layers measured on this device
};

struct Prediction {
    std::vector<OpPrediction> ops;
    /// Of a whole inference; nullopt where any operator that costs time has no figure.
    std::optional<types::Estimate> latencyUs, energyUj;
};

class Predictor {
public:
    explicit Predictor(std::shared_ptr<const types::DeviceProfile> device);

    /// One entry per workload, and their sum.
    Prediction predict(const std::vector<Workload>& workloads) const;
    Prediction predict(const types::Graph& graph) const;

private:
    /// One operator with the row that costs it; null: `whyNot` says why there is none.
    struct Costed {
        const CostRow* row = nullptr;
        Trips trips;
        double cycles = 0;
        const char* name = "";  ///< of the code path or class
        std::string dtype, whyNot;
    };
    void cost(const Workload& workload, Costed& costed) const;
    const CostRow* rowOf(uint64_t kernel, const std::string& dtype) const;
    OpPrediction predictOp(const Costed& costed, const Power& power) const;

    std::shared_ptr<const types::DeviceProfile> m_device;
    KernelLibrary m_kernels;
    PowerTable m_power;
    std::vector<CostRow> m_rows;
    std::unordered_map<uint64_t, size_t> m_byName;  ///< rowHash() of "CONV_2D/1x1", "int8" -> row
};

}  // namespace cost
