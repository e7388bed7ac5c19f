// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latency and energy on a device: cycles = trips x cycles per trip, summed over the loops
// (kernel_terms.h) of the device's best-fitting row; time = cycles / clock; energy = power x time.
//
// Bands cover about 90 %, of layers as of whole models. A row fitted on this device knows how far a
// shape is from the measured ones (band.h). Over a model, errors of measured layers are partly
// independent and partly common (types::ModelBand); rows taken over from another board may all be
// wrong by one factor, so their bands add up.
//
// Thread rules: a Predictor is immutable and may be used from many threads.

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
    const types::KernelCost* row = nullptr;  ///< of the device, which owns it; null: no figure
};

struct Prediction {
    std::vector<OpPrediction> ops;
    /// Of a whole inference; empty where an operator that costs time has no figure.
    std::optional<types::Estimate> latencyUs, energyUj;
    std::string latencyGap, energyGap;  ///< why each of them is empty; "": it is known
};

class Predictor {
public:
    explicit Predictor(std::shared_ptr<const types::DeviceProfile> device);

    /// Predicts one entry per workload, and their sum.
    Prediction predict(const std::vector<Workload>& workloads) const;
    Prediction predict(const types::Graph& graph) const;
    double clockMhz() const { return m_device->clockMhz; }

private:
    /// One operator and the row that gives its cost; null: `whyNot` gives the reason.
    struct Costed {
        const CostRow* row = nullptr;
        Trips trips;
        double cycles = 0;
        const char* name = "";  ///< name of the code path or class
        std::string dtype, whyNot;
    };
    void cost(const Workload& workload, Costed& costed) const;
    const CostRow* rowOf(uint64_t kernel, const std::string& dtype) const;
    std::string whyNoRow(const char* path, const std::string& dtype) const;
    void nameGaps(const std::vector<Workload>& workloads, Prediction& result) const;
    OpPrediction predictOp(const Costed& costed, const Power& power) const;

    std::shared_ptr<const types::DeviceProfile> m_device;
    KernelLibrary m_kernels;
    PowerTable m_power;
    std::vector<CostRow> m_rows;
    std::unordered_map<uint64_t, size_t> m_byName;  ///< rowHash() of "CONV_2D/1x1", "int8" -> row
};

}  // namespace cost
