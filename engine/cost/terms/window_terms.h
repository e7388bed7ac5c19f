// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The term lists of operators whose implementations differ between kernel sets, one function per
// family and set; kernel_terms.cpp selects.

#include "cost/terms/kernel_terms.h"

namespace cost {

KernelTerms dspConvolution(const Workload& w);
KernelTerms dspDepthwise(const Workload& w);
KernelTerms dspFullyConnected(const Workload& w);
/// Gathered input, two pixels and two channels at a time, with separate terms for small footprints.
void addSmallGatheredProduct(KernelTerms& t, const Workload& w);
KernelTerms dspDepthwiseGathered(const Workload& w);
KernelTerms dsp2020Convolution(const Workload& w);
KernelTerms dsp2020Depthwise(const Workload& w);
KernelTerms dsp2020FullyConnected(const Workload& w);
/// Several outputs per input channel, `step` at a time; equal with and without vectors.
KernelTerms depthwiseMultiplied(const Workload& w, TermName path, int64_t step);
KernelTerms mveConvolution(const Workload& w);
KernelTerms mveDepthwise(const Workload& w);
KernelTerms mveFullyConnected(const Workload& w);
KernelTerms dspConvolution16(const Workload& w);
KernelTerms dspFullyConnected16(const Workload& w);
KernelTerms mveConvolution16(const Workload& w);
KernelTerms mveFullyConnected16(const Workload& w);
KernelTerms netcaliperConvolution(const Workload& w, bool vectors);
KernelTerms netcaliperDepthwise(const Workload& w, bool vectors);
KernelTerms netcaliperFullyConnected(const Workload& w, bool vectors);
/// Of 8-bit layers on cores with vectors.
KernelTerms netcaliperVectorConvolution(const Workload& w);
KernelTerms netcaliperVectorDepthwise(const Workload& w);
KernelTerms netcaliperVectorFullyConnected(const Workload& w);
KernelTerms referenceConvolution(const Workload& w);
KernelTerms referenceDepthwise(const Workload& w);
KernelTerms referenceFullyConnected(const Workload& w);
/// Pools have the same loops in every set.
KernelTerms poolTerms(const Workload& w, KernelLibrary set);
KernelTerms transposeConvolutionTerms(const Workload& w, KernelLibrary set);

/// Outputs that get a bias. Most kernels hide its cost behind that of the output.
double outputsWithBias(const Workload& w);

/// True where CMSIS-NN multiplies matrices without gathering: 1x1, no padding, no dilation.
bool isPointwise(const Workload& w);

}  // namespace cost
