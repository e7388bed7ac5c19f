// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Training: what the training of one model was and how it went.

#include <cstdint>
#include <string>
#include <vector>

namespace types {

struct Training {
    int32_t epochs = 0;  ///< completed
    double seconds = 0;
    int32_t trainSamples = 0, validationSamples = 0;
    int64_t memoryBytes = 0;             ///< that samples and network took, at most
    std::vector<double> loss;            ///< per epoch, mean over the training samples
    std::vector<double> validationLoss;  ///< per epoch, of the averaged weights where there are any
    std::vector<double> accuracy;        ///< per epoch on the validation samples; empty: unlabelled
    int32_t bestEpoch = 0;               ///< whose weights were kept, from 1; 0: the start's
    int32_t seed = 1;
    bool wasStopped = false;         ///< by the user before its end
    int32_t roundingEpochs = 0;      ///< of the epochs, the last that simulated rounding
    bool keepsRounding = false;      ///< the result has the scales that these learned
    int32_t originalEpochs = 0;      ///< of the original trained alike, before
    double originalSeconds = 0;      ///< likewise
    std::vector<std::string> notes;  ///< frozen layers, samples left out, class weights
};

}  // namespace types
