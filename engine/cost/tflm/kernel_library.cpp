// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/kernel_library.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "types/target.h"

namespace cost {
namespace {

using enum KernelFamily;

constexpr auto kCmsisReleases = std::to_array<KernelRelease>({
    {CmsisNn, kernelVersion(4, 0), "4.0", "CMSIS-NN tag v4.0.0, November 2022"},
    {CmsisNn, kernelVersion(4, 1), "4.1", "CMSIS-NN tag v4.1.0, May 2023"},
    {CmsisNn, kernelVersion(5, 0), "5.0", "CMSIS-NN tag v5.0.0, November 2023"},
    {CmsisNn, kernelVersion(6, 0), "6.0", "CMSIS-NN tag v6.0.0, June 2024"},
    {CmsisNn, kernelVersion(7, 0), "7.0", "CMSIS-NN tag v7.0.0, November 2024"},
    {CmsisNn, kernelVersion(26, 6), "26.6",
     "CMSIS-NN commit 4ab83cc3, June 2026, which TFLM 90b983c2 downloads"},
});

constexpr auto kEspReleases = std::to_array<KernelRelease>({
    {EspNn, kernelVersion(1, 0, 0), "1.0.0", "ESP-NN tag v1.0.0, June 2023"},
    {EspNn, kernelVersion(1, 0, 2), "1.0.2", "ESP-NN tag v1.0.2, October 2023"},
    {EspNn, kernelVersion(1, 1, 0), "1.1.0", "ESP-NN tag v1.1.0, September 2024"},
    {EspNn, kernelVersion(1, 1, 1), "1.1.1", "ESP-NN tag v1.1.1, February 2025"},
    {EspNn, kernelVersion(1, 1, 2), "1.1.2", "ESP-NN tag v1.1.2, September 2025"},
    {EspNn, kernelVersion(1, 2, 0), "1.2.0", "ESP-NN tag v1.2.0, April 2026"},
    {EspNn, kernelVersion(1, 2, 1), "1.2.1", "ESP-NN commit 79d59ae, April 2026"},
    {EspNn, kernelVersion(1, 2, 2), "1.2.2", "ESP-NN commit def4d7a, April 2026"},
    {EspNn, kernelVersion(1, 2, 3), "1.2.3", "ESP-NN commit d45b843, April 2026"},
});

constexpr std::array kCmsisCores = {KernelCore::Plain, KernelCore::Dsp, KernelCore::Mve};
constexpr std::array kEspCores = {KernelCore::Generic, KernelCore::S3, KernelCore::P4};
constexpr std::array kReferenceCores = {KernelCore::Dsp};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

KernelCore cmsisCore(std::string_view core) {
    switch (types::isaOf(core)) {
        case types::Isa::Mve:
            return KernelCore::Mve;
        case types::Isa::Dsp:
            return KernelCore::Dsp;
        default:
            return KernelCore::Plain;
    }
}

/// `chip`: its name in small letters, because the core does not tell an S3 from an S2.
KernelCore espCore(const std::string& chip) {
    if (contains(chip, "s3")) return KernelCore::S3;
    if (contains(chip, "p4")) return KernelCore::P4;
    return KernelCore::Generic;
}

/// The newest release whose name is `version` or continues it: "1.2" finds 1.2.3; "7.0.0" finds
/// 7.0.
const KernelRelease* findRelease(KernelFamily family, const std::string& version) {
    const KernelRelease* found = nullptr;
    for (const KernelRelease& release : releasesOf(family)) {
        const std::string name(release.name);
        if (version.empty() || version == name || name.starts_with(version + ".") ||
            version == name + ".0")
            found = &release;
    }
    return found;
}

std::string releaseNames(KernelFamily family) {
    std::string names;
    for (const KernelRelease& release : releasesOf(family))
        names += (names.empty() ? "" : ", ") + std::string(release.name);
    return names;
}

}  // namespace

std::span<const KernelRelease> releasesOf(KernelFamily family) {
    if (family == CmsisNn) return kCmsisReleases;
    if (family == EspNn) return kEspReleases;
    return {};
}

std::string_view idOf(KernelFamily family) {
    constexpr std::array ids = {"reference", "cmsis-nn", "esp-nn"};
    return ids[static_cast<size_t>(family)];
}

std::string_view titleOf(KernelFamily family) {
    constexpr std::array titles = {"reference kernels", "CMSIS-NN", "ESP-NN"};
    return titles[static_cast<size_t>(family)];
}

std::string_view titleOf(KernelCore core) {
    constexpr std::array titles = {"Cortex-M0+, M3", "Cortex-M4, M7, M33", "Cortex-M55, M85",
                                   "ESP32, C3",      "ESP32-S3",           "ESP32-P4"};
    return titles[static_cast<size_t>(core)];
}

std::string nameOf(const KernelBuild& library) {
    std::string name(idOf(library.family));
    for (const KernelRelease& release : releasesOf(library.family))
        if (release.version == library.version) name += "@" + std::string(release.name);
    return library.family == Reference ? name : name + " for " + std::string(titleOf(library.core));
}

KernelBuild tflmsOwnLibrary() {
    return {CmsisNn, kCmsisReleases.back().version, KernelCore::Dsp};
}

types::Result<KernelBuild> parseKernelBuild(const std::string& text, std::string_view core) {
    const size_t at = text.find('@');
    const std::string id = lower(text.substr(0, at));
    const std::string version = at == std::string::npos ? "" : text.substr(at + 1);
    const std::string chip = lower(core);
    if (id == idOf(Reference) && version.empty()) return KernelBuild{Reference, 0, KernelCore::Dsp};
    const KernelFamily family = id == idOf(EspNn) ? EspNn : CmsisNn;
    if (id != idOf(family))
        return types::fail("no kernels of this name are known", text,
                           "use cmsis-nn, esp-nn or reference, with @VERSION or without");
    const KernelRelease* release = findRelease(family, version);
    if (release == nullptr)
        return types::fail("this release is not known", text, "use " + releaseNames(family));
    if (family == EspNn)
        return KernelBuild{family, release->version, chip.empty() ? KernelCore::S3 : espCore(chip)};
    return KernelBuild{family, release->version, chip.empty() ? KernelCore::Dsp : cmsisCore(core)};
}

std::optional<KernelBuild> libraryOf(const types::DeviceProfile& device) {
    const bool isTflm = device.runtime.starts_with("TFLM");
    if (!isTflm || contains(device.runtime, "helia")) return std::nullopt;
    if (contains(device.runtime, "reference")) return KernelBuild{Reference, 0, KernelCore::Dsp};
    const KernelFamily family = contains(device.runtime, "ESP-NN") ? EspNn : CmsisNn;
    const std::string prefix = std::string(titleOf(family)) + " ";
    const size_t at = device.runtimeVersion.find(prefix);
    std::string version;
    if (at != std::string::npos) {
        version = device.runtimeVersion.substr(at + prefix.size());
        version = version.substr(0, version.find_first_of(" ,;"));
    }
    const KernelRelease* named = version.empty() ? nullptr : findRelease(family, version);
    const KernelVersion release = named ? named->version : releasesOf(family).back().version;
    const KernelCore core =
        family == EspNn ? espCore(lower(device.soc + " " + device.id)) : cmsisCore(device.core);
    return KernelBuild{family, release, core};
}

types::Result<BoardKernels> withKernels(types::DeviceProfile device, const std::string& text) {
    const bool isCortexM = device.core.starts_with("Cortex-M");
    const auto chosen =
        parseKernelBuild(text, isCortexM ? device.core : device.soc + " " + device.id);
    if (!chosen) return tl::unexpected(chosen.error());
    const bool isFor = chosen->family == Reference || (chosen->family == CmsisNn) == isCortexM;
    if (!isFor)
        return types::fail(std::string(titleOf(chosen->family)) + " is not for " + device.core,
                           device.name, isCortexM ? "use cmsis-nn" : "use esp-nn");
    const auto own = libraryOf(device);
    const bool isOwn =
        own && (own->family == Reference ? chosen->family == Reference : *own == *chosen);
    BoardKernels result{std::move(device), {}};
    if (isOwn) return result;
    types::DeviceProfile& board = result.device;
    if (!board.kernels.empty())
        result.latencyGap = "the profile of " + board.name + " was fitted to " +
                            (own ? nameOf(*own) : board.runtime) + ", not to " + nameOf(*chosen);
    board.kernels.clear();
    const std::string title(titleOf(chosen->family));
    board.runtime = "TFLM " + (chosen->family == Reference ? title : "+ " + title);
    board.runtimeVersion.clear();
    for (const KernelRelease& release : releasesOf(chosen->family))
        if (release.version == chosen->version)
            board.runtimeVersion = title + " " + std::string(release.name);
    return result;
}

std::vector<KernelBuild> allReleases(KernelFamily family, KernelCore core) {
    std::vector<KernelBuild> result;
    for (const KernelRelease& release : releasesOf(family))
        result.push_back({family, release.version, core});
    return result;
}

std::span<const KernelCore> coresOf(KernelFamily family) {
    if (family == CmsisNn) return kCmsisCores;
    if (family == EspNn) return kEspCores;
    return kReferenceCores;
}

}  // namespace cost
