#pragma once
#include <cstddef>
#include <cstdint>

// The part of Node-API that the host uses. It is a stable C interface which the node binary exports, and it is
// declared here because the packages that carry node_api.h exclude each other, or the node that is installed.
extern "C" {

struct uv_loop_s;
using napi_env = struct napi_env__ *;
using napi_value = struct napi_value__ *;
using napi_ref = struct napi_ref__ *;
using napi_handle_scope = struct napi_handle_scope__ *;
using napi_callback_scope = struct napi_callback_scope__ *;
using napi_callback_info = struct napi_callback_info__ *;
using napi_async_context = struct napi_async_context__ *;
using napi_deferred = struct napi_deferred__ *;
using napi_async_cleanup_hook_handle = struct napi_async_cleanup_hook_handle__ *;
using napi_callback = napi_value (*)(napi_env, napi_callback_info);
using napi_finalize = void (*)(napi_env, void *data, void *hint);
using napi_async_cleanup_hook = void (*)(napi_async_cleanup_hook_handle, void *data);

enum napi_status { napi_ok, napi_pending_exception = 10 };
enum napi_valuetype {
    napi_undefined,
    napi_null,
    napi_boolean,
    napi_number,
    napi_string,
    napi_symbol,
    napi_object,
    napi_function,
    napi_external,
    napi_bigint
};
enum napi_property_attributes { napi_default_method = 1 | 4 };

struct napi_property_descriptor
{
    const char *utf8name;
    napi_value name;
    napi_callback method;
    napi_callback getter;
    napi_callback setter;
    napi_value value;
    napi_property_attributes attributes;
    void *data;
};

napi_status napi_get_undefined(napi_env, napi_value *);
napi_status napi_get_null(napi_env, napi_value *);
napi_status napi_get_global(napi_env, napi_value *);
napi_status napi_get_boolean(napi_env, bool, napi_value *);
napi_status napi_create_object(napi_env, napi_value *);
napi_status napi_create_array_with_length(napi_env, size_t, napi_value *);
napi_status napi_create_double(napi_env, double, napi_value *);
napi_status napi_create_string_utf16(napi_env, const char16_t *, size_t, napi_value *);
napi_status napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
napi_status napi_create_function(napi_env, const char *, size_t, napi_callback, void *data, napi_value *);
napi_status napi_create_buffer_copy(napi_env, size_t, const void *, void **, napi_value *);
napi_status napi_typeof(napi_env, napi_value, napi_valuetype *);
napi_status napi_get_value_double(napi_env, napi_value, double *);
napi_status napi_get_value_bool(napi_env, napi_value, bool *);
napi_status napi_get_value_string_utf16(napi_env, napi_value, char16_t *, size_t, size_t *);
napi_status napi_is_array(napi_env, napi_value, bool *);
napi_status napi_get_array_length(napi_env, napi_value, uint32_t *);
napi_status napi_get_element(napi_env, napi_value, uint32_t, napi_value *);
napi_status napi_set_element(napi_env, napi_value, uint32_t, napi_value);
napi_status napi_is_buffer(napi_env, napi_value, bool *);
napi_status napi_get_buffer_info(napi_env, napi_value, void **, size_t *);
napi_status napi_get_named_property(napi_env, napi_value, const char *, napi_value *);
napi_status napi_set_named_property(napi_env, napi_value, const char *, napi_value);
napi_status napi_define_properties(napi_env, napi_value, size_t, const napi_property_descriptor *);
napi_status napi_define_class(napi_env, const char *, size_t, napi_callback, void *, size_t,
                              const napi_property_descriptor *, napi_value *);
napi_status napi_new_instance(napi_env, napi_value, size_t, const napi_value *, napi_value *);
napi_status napi_wrap(napi_env, napi_value, void *, napi_finalize, void *hint, napi_ref *);
napi_status napi_unwrap(napi_env, napi_value, void **);
napi_status napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *self, void **data);
napi_status napi_call_function(napi_env, napi_value self, napi_value, size_t, const napi_value *, napi_value *);
napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
napi_status napi_delete_reference(napi_env, napi_ref);
napi_status napi_get_reference_value(napi_env, napi_ref, napi_value *);
napi_status napi_open_handle_scope(napi_env, napi_handle_scope *);
napi_status napi_close_handle_scope(napi_env, napi_handle_scope);
napi_status napi_is_exception_pending(napi_env, bool *);
napi_status napi_get_and_clear_last_exception(napi_env, napi_value *);
napi_status napi_throw(napi_env, napi_value);
napi_status napi_throw_error(napi_env, const char *code, const char *message);
napi_status napi_fatal_exception(napi_env, napi_value);
napi_status napi_async_init(napi_env, napi_value, napi_value, napi_async_context *);
napi_status napi_open_callback_scope(napi_env, napi_value, napi_async_context, napi_callback_scope *);
napi_status napi_close_callback_scope(napi_env, napi_callback_scope);
napi_status napi_add_env_cleanup_hook(napi_env, void (*)(void *), void *);
napi_status napi_add_async_cleanup_hook(napi_env, napi_async_cleanup_hook, void *, napi_async_cleanup_hook_handle *);
napi_status napi_remove_async_cleanup_hook(napi_async_cleanup_hook_handle);
napi_status napi_get_uv_event_loop(napi_env, uv_loop_s **);
napi_status napi_add_finalizer(napi_env, napi_value, void *, napi_finalize, void *hint, napi_ref *);
napi_status napi_create_external(napi_env, void *, napi_finalize, void *, napi_value *);
napi_status napi_get_value_external(napi_env, napi_value, void **);
}
