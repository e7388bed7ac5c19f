// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The shipped profiles and the measured layers that they may be compared with. Nothing is fitted
// here: predictions come from the committed files.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cost/band.h"
#include "cost/cost_row.h"
#include "cost/device_file.h"
#include "cost/fit/error_summary.h"
#include "cost/fit/layer_table.h"
#include "cost/predict.h"
#include "heim_layers.h"
#include "heim_sweeps.h"
#include "support/shared_files.h"

namespace support {

inline types::DevicePtr shippedProfile(const std::string& id) {
    const auto file =
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices" / (id + ".json");
    const auto device = cost::readDeviceFile(file);
    return device ? std::make_shared<const types::DeviceProfile>(*device) : nullptr;
}

/// "int8", "int4", ... of one operator: "CONV_2D int8".
inline std::string typeOf(const cost::Workload& w) {
    return types::opName(w.kind) + " " + cost::costType(w);
}

/// The layer as the committed file predicts it; nothing where it has no figure.
inline std::optional<cost::Residual> residualOf(const cost::Predictor& predictor, double clockMhz,
                                                const cost::Observation& layer) {
    const auto op = predictor.predict(std::vector{layer.workload}).ops.at(0);
    if (!op.latencyUs || !(op.latencyUs->value > 0)) return std::nullopt;
    const types::Estimate us = *op.latencyUs;
    return cost::Residual{typeOf(layer.workload), cost::familyOf(layer.workload), layer.cycles,
                          us.value * clockMhz, us.high / us.value - 1};
}

/// A layer of the fit as a fit without it would predict it, from the uncertainty in the committed
/// file alone: with residual r and leverage h, that prediction errs by r / (1 - h) and has leverage
/// h / (1 - h). Nothing where no row of a code path covers it.
inline std::optional<cost::Residual> leftOut(const types::DeviceProfile& device,
                                             const cost::Observation& layer) {
    const auto terms =
        cost::kernelTerms(layer.workload, cost::kernelLibraryOf(device.runtime, device.core));
    for (const types::KernelCost& row : device.kernels) {
        if (row.kernel != terms.path.text || row.dtype != cost::costType(layer.workload) ||
            row.inverse.empty() || row.layers == 0)
            continue;
        const cost::CostRow costRow(row, false);
        cost::Trips trips;
        if (!costRow.collect(terms, trips)) return std::nullopt;
        const double leverage = costRow.spread(trips) / (layer.cycles * layer.cycles);
        const double rest = std::max(0.02, 1 - leverage), cycles = costRow.cycles(trips);
        const double error = (cycles / layer.cycles - 1) / rest;
        const double far =
            cost::farShare(leverage / rest, static_cast<double>(row.terms.size()), row.layers);
        return cost::Residual{
            typeOf(layer.workload), cost::familyOf(layer.workload), layer.cycles,
            layer.cycles * std::max(0.02, 1 + error),
            cost::relativeBand(costRow.nearBand(trips, cycles), leverage / rest, far)};
    }
    return std::nullopt;
}

inline std::vector<cost::Observation> tableLayers(const std::string& table,
                                                  const cost::RowFilter& filter) {
    const auto layers = cost::readLayerTable(*sharedDir() / table, filter);
    return layers ? *layers : std::vector<cost::Observation>{};
}

/// Sweeps and traced layers of the NUCLEO-L496ZG.
inline std::vector<cost::Observation> heimObservations(const std::string& kernels) {
    const auto measurements = *sharedDir() / "measurements";
    auto layers = heimSweeps(measurements / "heim_layer_sweeps.csv", kernels);
    for (const TracedLayer& layer :
         heimLayers(measurements / "heim_layers_energy.csv", "NUCLEO-L496ZG", kernels))
        layers.push_back({layer.workload, layer.latencyUs * kHeimClockMhz, 1, layer.model});
    return cost::withoutRepeats(std::move(layers));
}

}  // namespace support
