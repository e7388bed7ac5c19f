// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelTerms: how often each loop of a kernel runs for one workload. A kernel's cycles are a
// linear function of these counts; the coefficients belong to a device and are fitted
// (cost/fit/fit.h). The path is the piece of code that runs: each path has terms, and so
// coefficients, of its own, because a fast path and its fallback differ by more than their counts.
//
// Source: the loops of the kernels as tflite-micro (micro/kernels, reference and cmsis_nn) and
// CMSIS-NN (ConvolutionFunctions, FullyConnectedFunctions, NNSupportFunctions) write them, and our
// own runtime (runtime/cortex_m).

#include <array>
#include <cstddef>
#include <string>

#include "cost/terms/term_name.h"
#include "cost/terms/workload.h"

namespace cost {

/// Which implementation runs, as far as its loops differ.
enum class KernelLibrary {
    Reference,      ///< plain kernels, TFLM's or our own
    CmsisDsp2020,   ///< CMSIS-NN of 2020 on such a core: fewer fast paths
    CmsisDsp,       ///< CMSIS-NN on cores with the DSP extension
    CmsisMve,       ///< CMSIS-NN on cores with vectors
    NetcaliperDsp,  ///< our own runtime on cores with the DSP extension
    NetcaliperMve,  ///< our own runtime on cores with vectors
};

/// As the profile's runtime and core say: "TFLM + CMSIS-NN" on "Cortex-M55" is CmsisMve, "TFLM +
/// CMSIS-NN of 2020" is CmsisDsp2020, "Netcaliper" is our own. Cores without either extension run
/// plain loops under every runtime.
KernelLibrary kernelLibraryOf(const std::string& runtime, const std::string& core);

struct KernelTerms {
    static constexpr size_t kCapacity = 40;
    struct Term {
        TermName name;
        double count;
    };

    TermName path;                      ///< "CONV_2D/1x1"
    std::array<Term, kCapacity> terms;  ///< the first `size` are set
    size_t size = 0;
    /// Terms [first, last) that are one loop under neighbouring conditions: their coefficients are
    /// drawn together. Empty: none.
    size_t firstVariant = 0, lastVariant = 0;

    explicit KernelTerms(TermName pathName) : path(pathName) {}
    void add(TermName name, double count) { terms[size++] = {name, count}; }
    const Term* begin() const { return terms.data(); }
    const Term* end() const { return terms.data() + size; }
};

/// The same path and type have the same terms in the same order, whatever the workload.
KernelTerms kernelTerms(const Workload& workload, KernelLibrary set);

/// The terms of the plain law that every path can fall back on: MACs, output elements, elements of
/// the data input and one call. Path: "CONV_2D/kxk", "ADD", ... as plainPath() names it.
KernelTerms plainTerms(const Workload& workload);
TermName plainPath(const Workload& workload);
/// The operator's name itself.
TermName opTerm(types::OpKind kind);

}  // namespace cost
