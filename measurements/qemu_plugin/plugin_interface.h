// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of QEMU's plugin interface that this plugin uses, version 1 (QEMU 4.2 to 8.x). Debian's
// package has no header, so the few functions are declared here as documented. Source: QEMU
// documentation, "QEMU TCG Plugins", API.

#include <stddef.h>
#include <stdint.h>

extern "C" {

using qemu_plugin_id_t = uint64_t;
struct qemu_plugin_tb;    // a block of translated instructions
struct qemu_plugin_insn;  // one of them

struct qemu_info_t {
    const char* target_name;
    struct {
        int min, cur;
    } version;
    bool system_emulation;
    struct {
        int smp_vcpus, max_vcpus;
    } system;
};

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           void (*translated)(qemu_plugin_id_t, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb* block,
                                          void (*executed)(unsigned cpu, void* data),
                                          qemu_plugin_cb_flags flags, void* data);
size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb* block);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb* block, size_t index);
const void* qemu_plugin_insn_data(const qemu_plugin_insn* instruction);
size_t qemu_plugin_insn_size(const qemu_plugin_insn* instruction);
uint64_t qemu_plugin_insn_vaddr(const qemu_plugin_insn* instruction);

}  // extern "C"
