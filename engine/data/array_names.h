// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which of several arrays are samples and which are their labels, told by their names: x and y,
// images and labels, data and target, arr_0 and arr_1, alone or with the name of a set: x_train,
// y_test, val_images.

#include <string>
#include <vector>

#include "types/result.h"

namespace data {

struct ArraySet {
    std::string name;     ///< "train"; empty where the names tell none
    std::string samples;  ///< the array's own name
    std::string labels;   ///< empty: unlabelled
};

/// Sets among arrays of these names; other names are left out.
std::vector<ArraySet> setsAmong(const std::vector<std::string>& names);

/// The set of that name, or with samples of that name; the only set where `wanted` is empty. An
/// Error names what there is.
types::Result<ArraySet> chosenSet(const std::vector<std::string>& names, const std::string& wanted,
                                  const std::string& where);

}  // namespace data
