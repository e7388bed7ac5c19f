// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Calibrates how errors of layers add up to the error of a whole model (types::ModelBand), on
// measured networks that were not fitted. With I the sum of the squared half widths of the layers
// as shares of the latency, the squared error of a network is about a I + c, a and c >= 0; both are
// then scaled, so that nine in ten networks lie within their band.

#include <string>
#include <vector>

#include "cost/fit/observation.h"
#include "types/device_profile.h"

namespace cost {

/// All layers of one measured network, in any order.
struct NetworkLayers {
    std::string name;
    std::vector<Observation> layers;
};

/// Networks with a layer that has no figure are left out. Without any other the band is the default
/// one. `device` has the rows to be judged; `source` is recorded.
types::ModelBand fitModelBand(const types::DeviceProfile& device,
                              const std::vector<NetworkLayers>& networks,
                              const std::string& source);

}  // namespace cost
